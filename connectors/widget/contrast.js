// @ts-check
/** Colours that stay readable whatever accent an insurer chooses (WCAG 2.2: 4.5:1 for text). Pure. */

/** @typedef {[number, number, number]} Rgb */

export const DEFAULT_ACCENT = '#0f5c63'
const ENOUGH = 4.6
/** On dark grounds a brighter accent reads better than the least that is allowed. */
const BRIGHT = 6.5
const MIDDLE = 170
const WHITE = /** @type {Rgb} */ ([255, 255, 255])
const INK = /** @type {Rgb} */ ([16, 22, 24])
/** The darkest and lightest grounds on which accent-coloured words are laid, see style-frame.js. */
const GROUNDS = { light: /** @type {Rgb} */ ([238, 243, 243]), dark: /** @type {Rgb} */ ([38, 47, 50]) }

/**
 * Read `#rgb` or `#rrggbb`; null when it is not a colour we accept.
 * @param {string|null|undefined} text
 * @returns {Rgb|null}
 */
export function parsed(text) {
  const found = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(String(text ?? '').trim())
  if (!found) return null
  const long = found[1].length === 3 ? found[1].replace(/./g, '$&$&') : found[1]
  return /** @type {Rgb} */ ([0, 2, 4].map((at) => parseInt(long.slice(at, at + 2), 16)))
}

/** @param {Rgb} colour */
export function luminance(colour) {
  const [red, green, blue] = colour.map((value) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Give the contrast of two colours, from 1 to 21. @param {Rgb} one @param {Rgb} other */
export function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

/** @param {Rgb} from @param {Rgb} to @param {number} share of *to* @returns {Rgb} */
const mixed = (from, to, share) => /** @type {Rgb} */ (from.map((value, at) => Math.round(value + (to[at] - value) * share)))

/** @param {Rgb} colour @param {Rgb} ground @param {Rgb} towards @param {number} [enough] @returns {Rgb} */
function readable(colour, ground, towards, enough = ENOUGH) {
  for (let share = 0; share < 1; share += 0.04) {
    const tried = mixed(colour, towards, share)
    if (contrast(tried, ground) >= enough) return tried
  }
  return towards
}

/** Bring a deep colour to middle lightness without greying it. @param {Rgb} colour @returns {Rgb} */
function awake(colour) {
  const strongest = Math.max(...colour, 1)
  return strongest >= MIDDLE ? colour : /** @type {Rgb} */ (colour.map((value) => Math.round(value * MIDDLE / strongest)))
}

/** @param {Rgb} colour */
const css = (colour) => `#${colour.map((value) => value.toString(16).padStart(2, '0')).join('')}`

/**
 * Give the custom properties made from an accent: its fill, the words on it, and the accent as words on our grounds.
 * @param {string|null|undefined} accent
 * @returns {Record<string, string>}
 */
export function paletteOf(accent) {
  const base = parsed(accent) ?? /** @type {Rgb} */ (parsed(DEFAULT_ACCENT))
  const fill = contrast(base, WHITE) >= 3 ? readable(base, WHITE, INK) : base
  const onFill = contrast(fill, WHITE) >= ENOUGH ? WHITE : INK
  return {
    '--chat-fill': css(fill),
    '--chat-on-fill': css(onFill),
    '--chat-accent-light': css(readable(base, GROUNDS.light, INK)),
    '--chat-accent-dark': css(readable(awake(base), GROUNDS.dark, WHITE, BRIGHT))
  }
}
