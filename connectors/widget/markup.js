// @ts-check
/** The light markup of docs/entries.md → blocks: paragraphs, **bold**, lists, links one can read. Pure. */

/** @typedef {{text: string, isBold?: boolean, href?: string}} Piece */
/** @typedef {{type: 'paragraph', lines: Piece[][]} | {type: 'bullets', items: Piece[][]} | {type: 'numbers', start: number, items: Piece[][]}} Block */

const BULLET = /^\s*[-•] +(.*)$/
const NUMBER = /^\s*(\d{1,3})[.)] +(.*)$/
const SPACE = '[ .\\u00a0\\u202f]'
const LINK = new RegExp(`https://[^\\s<>"«»]*[^\\s<>"«».,;:!?)\\]]|(?<![\\d+])0[1-9](?:${SPACE}\\d\\d){4}(?!\\d)`, 'g')

/**
 * Parse *text* into blocks. Whatever is not markup stays as it was written.
 * @param {string} text
 * @returns {Block[]}
 */
export function blocksOf(text) {
  /** @type {Block[]} */
  const blocks = []
  let isNew = true
  for (const line of String(text ?? '').replace(/\r\n?/g, '\n').split('\n')) {
    if (line.trim()) addLine(blocks, line, isNew)
    isNew = !line.trim()
  }
  return blocks
}

/** @param {Block[]} blocks @param {string} line @param {boolean} isNew after a blank line */
function addLine(blocks, line, isNew) {
  const last = blocks.at(-1)
  const bullet = BULLET.exec(line)
  const number = NUMBER.exec(line)
  if (bullet) {
    if (last?.type === 'bullets') last.items.push(piecesOf(bullet[1]))
    else blocks.push({ type: 'bullets', items: [piecesOf(bullet[1])] })
  } else if (number) {
    if (last?.type === 'numbers') last.items.push(piecesOf(number[2]))
    else blocks.push({ type: 'numbers', start: Number(number[1]), items: [piecesOf(number[2])] })
  } else if (last?.type === 'paragraph' && !isNew) {
    last.lines.push(piecesOf(line.trim()))
  } else {
    blocks.push({ type: 'paragraph', lines: [piecesOf(line.trim())] })
  }
}

/**
 * Cut a line into plain, bold and linked pieces.
 * @param {string} line
 * @returns {Piece[]}
 */
export function piecesOf(line) {
  return line.split(/(\*\*[^*\s](?:[^*]*[^*\s])?\*\*)/).filter(Boolean).flatMap((part) => {
    const isBold = part.length > 4 && part.startsWith('**') && part.endsWith('**')
    return linked(isBold ? part.slice(2, -2) : part, isBold)
  })
}

/** @param {string} text @param {boolean} isBold @returns {Piece[]} */
function linked(text, isBold) {
  /** @type {Piece[]} */
  const pieces = []
  let end = 0
  const plain = (/** @type {number} */ to) => { if (to > end) pieces.push({ text: text.slice(end, to), isBold }) }
  for (const found of text.matchAll(LINK)) {
    plain(found.index)
    pieces.push({ text: found[0], isBold, href: hrefOf(found[0]) })
    end = found.index + found[0].length
  }
  plain(text.length)
  return pieces
}

/** @param {string} found */
const hrefOf = (found) => (found.startsWith('https://') ? found : `tel:${found.replace(/\D/g, '')}`)

/**
 * Give *text* without its marks, for a screen reader's announcement.
 * @param {string} text
 */
export function plainOf(text) {
  return String(text ?? '').replace(/\*\*([^*]+)\*\*/g, '$1').replace(/^\s*[-•] +/gm, '').replace(/\s*\n+\s*/g, ' ').trim()
}
