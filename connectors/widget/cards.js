// @ts-check
/** Cards: what a bubble of words would say badly. Each falls back to its plain twin when its data is not understood. */

import { dayInWords, waitInWords } from './dates.js'
import { h } from './dom.js'
import { fr } from './fr.js'
import { icon } from './icons.js'

/** @typedef {{[name: string]: any}} CardData */

const EUROS = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' })

/** @type {Record<string, (data: CardData, now: Date) => HTMLElement|null>} */
const cards = { acronyms, example, summary, table, document: paper, due, waiting }

/**
 * Draw the card of an entry's body; null when this version does not know it: its `text` is then shown.
 * @param {import('./shapes.js').Body} body
 * @param {Date} now
 * @returns {HTMLElement|null}
 */
export function cardOf(body, now) {
  const draw = Object.hasOwn(cards, body.card) ? cards[body.card] : undefined
  return draw && body.data ? draw(body.data, now) : null
}

/** @param {string} kind @param {keyof typeof import('./icons.js').icon|string} picture @param {string} title @param {...Node} children */
function card(kind, picture, title, ...children) {
  return h('div', { class: `card card-${kind}` }, h('p', { class: 'card-title' }, icon(picture), title), ...children)
}

/** @param {CardData} data */
function acronyms({ terms }) {
  if (!Array.isArray(terms) || !terms.length) return null
  return card('acronyms', 'list', fr.card.acronyms, h('dl', { class: 'terms' }, terms.flatMap(term)))
}

/** @param {{term: string, expansion: string, sentence?: string, uncertain?: boolean}} known */
function term({ term: letters, expansion, sentence, uncertain }) {
  const probably = uncertain && h('span', { class: 'tag' }, fr.card.uncertain)
  return [
    h('dt', {}, letters),
    h('dd', {}, h('p', { class: 'expansion' }, expansion, ' ', probably), sentence && h('p', {}, sentence))
  ]
}

/** The arithmetic of a reimbursement, one step a row; the last one is the result. @param {CardData} data */
function example({ title, lines, note }) {
  if (!Array.isArray(lines) || !lines.length) return null
  const head = h('thead', { class: 'vh' }, h('tr', {}, h('th', { scope: 'col' }, fr.card.exampleLabel), h('th', { scope: 'col' }, fr.card.exampleAmount)))
  const rows = lines.map(({ label, amount }) => h('tr', {}, h('th', { scope: 'row' }, label), h('td', {}, amountOf(amount))))
  const table = h('table', {}, h('caption', { class: 'card-title' }, icon('list'), title || fr.card.example), head, h('tbody', {}, rows))
  return h('div', { class: 'card card-example' }, table, note && h('p', { class: 'card-note' }, note))
}

/** @param {unknown} amount a number of euros, or words already written */
function amountOf(amount) {
  return typeof amount === 'number' ? EUROS.format(amount).replace('-', '−') : String(amount ?? '')
}

/** What will be sent, before it is. @param {CardData} data */
function summary({ title, fields }) {
  if (!Array.isArray(fields)) return null
  const lines = fields.map(({ label, value }) => h('div', {}, h('dt', {}, label), h('dd', {}, String(value ?? '') || fr.card.empty)))
  return card('summary', 'check', title || fr.card.summary, h('dl', { class: 'fields' }, lines))
}

/** What the insurer knows, line by line. @param {CardData} data */
function table({ title, lines, note }) {
  if (!Array.isArray(lines) || !lines.length) return null
  const rows = lines.map(({ label, value }) => h('div', {}, h('dt', {}, label), h('dd', {}, String(value ?? ''))))
  return card('table', 'list', title || fr.card.table, h('dl', { class: 'fields' }, rows), note && h('p', { class: 'card-note' }, note))
}

/** A document to open. @param {CardData} data */
function paper(data) {
  const link = documentLink(data)
  return link && card('document', 'list', data.title || fr.card.document, link)
}

/** The way to a document at the insurer's; null when there is none. @param {CardData|undefined} data @returns {HTMLElement|null} */
export function documentLink(data) {
  if (typeof data?.url !== 'string' || !/^https?:\/\//.test(data.url)) return null
  const words = [fr.card.open(data.title || fr.card.document), data.size && ` (${fr.card.size(Number(data.size))})`]
  return h('p', { class: 'document' }, h('a', { href: data.url, target: '_blank', rel: 'noopener noreferrer' }, ...words, h('span', { class: 'vh' }, ` (${fr.link.newWindow})`)))
}

/** @param {CardData} data @param {Date} now */
function due({ what, due_on: day }, now) {
  if (!day) return null
  const words = typeof what === 'string' && what.includes(' ') ? what : fr.card.due
  return card('due', 'clock', words, h('p', { class: 'date' }, dayInWords(day, now)))
}

/** @param {CardData} data */
function waiting({ position, wait_s: wait }) {
  if (!position) return null
  const place = position === 1 ? fr.waiting.first : fr.waiting.position(position)
  const range = wait ? fr.waiting.range(waitInWords(wait)) : fr.waiting.unknown
  return card('waiting', 'clock', fr.header.waiting, h('p', {}, place, ' ', range))
}
