// @ts-check
/** Elements, built one by one. What people wrote only ever becomes text: no HTML is parsed anywhere in this widget. */

/** @typedef {Node|string|null|undefined|false} Child */

const FORBIDDEN = /^(?:on|style$|srcdoc$)/

/**
 * Build an element: *attributes* (`true` means present, `false` and null absent, a function listens), then children.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Child|Child[])} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) set(node, name, value)
  node.append(.../** @type {(Node|string)[]} */ (children.flat().filter((child) => child || child === '')))
  return node
}

/** @param {HTMLElement} node @param {string} name @param {any} value */
function set(node, name, value) {
  if (value === null || value === undefined || value === false) return
  if (typeof value === 'function') return node.addEventListener(name, value)
  if (FORBIDDEN.test(name)) throw new TypeError(`${name} is never set from a value`)
  node.setAttribute(name, value === true ? '' : String(value))
}

/** Text for screen readers only. @param {string} text */
export const hiddenText = (text) => h('span', { class: 'vh' }, text)

/**
 * A link people can trust: https, a phone number or an SMS; anything else stays words.
 * @param {string} href
 * @param {Record<string, any>} attributes
 * @param {...Child} children
 */
export function link(href, attributes, ...children) {
  if (/^(?:tel|sms):\+?[\d]+$/.test(href)) return h('a', { ...attributes, href }, ...children)
  if (!/^https:\/\//.test(href)) return h('span', attributes, ...children)
  return h('a', { ...attributes, href, target: '_blank', rel: 'noopener noreferrer' }, ...children)
}

/** Show or hide without moving the focus. @param {HTMLElement} node @param {boolean} isShown */
export function show(node, isShown) {
  if (node.hidden === isShown) node.hidden = !isShown
}

/** Change words only when they differ, so that nothing is redrawn or read again for no reason. @param {Node} node @param {string} text */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text
}
