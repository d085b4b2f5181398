// @ts-check
/** A row of the timeline → elements. */

import { cardOf, documentLink } from './cards.js'
import { separatorOf, timeOf } from './dates.js'
import { h, hiddenText, link } from './dom.js'
import { asksField, fieldCard } from './field.js'
import { fr } from './fr.js'
import { icon } from './icons.js'
import { authorOf, maskedNotice, sentenceOf } from './lines.js'
import { blocksOf } from './markup.js'
import { isSpoken } from './timeline.js'

/** @typedef {import('./shapes.js').Entry} Entry */
/** @typedef {import('./timeline.js').Row} Row */
/**
 * @typedef {object} Gestures  what the member can do from a message
 * @property {(entry: Entry, button: import('./shapes.js').Button) => void} choose
 * @property {(clientId: string) => void} retry
 * @property {(clientId: string) => void} discard
 * @property {() => void} quickExit
 * @property {import('./field.js').Fill} fill
 */

/**
 * Draw a row.
 * @param {Row} row
 * @param {Gestures} gestures
 * @param {Date} now
 * @returns {HTMLElement}
 */
export function drawn(row, gestures, now) {
  if (row.kind === 'day') return separator(/** @type {string} */ (row.day), now)
  if (row.kind === 'pending') return pendingMessage(row, gestures)
  return isSpoken(/** @type {Entry} */ (row.entry)) ? message(row, gestures, now) : line(/** @type {Entry} */ (row.entry), now)
}

/** @param {string} day @param {Date} now */
function separator(day, now) {
  const words = separatorOf(day, now)
  return h('p', { class: words === fr.log.today ? 'day is-today' : 'day' }, h('span', {}, words))
}

/** @param {Entry} entry @param {Date} now */
function line(entry, now) {
  const isChange = entry.kind === 'floor_changed' || entry.kind === 'promise'
  return h('div', { class: isChange ? 'line line-strong' : 'line' },
    h('p', {}, sentenceOf(entry, now), hiddenText(` ${timeOf(entry.moment)}`)),
    entry.kind === 'closed' && h('p', { class: 'line-hint' }, fr.lines.closedHint),
    passedOn(entry))
}

/** What the advisor will see, for the member to check. @param {Entry} entry */
function passedOn({ body }) {
  const lines = Array.isArray(body?.passed) ? body.passed : []
  return lines.length > 0 && h('details', {}, h('summary', {}, fr.passed), h('ul', {}, lines.map((one) => h('li', {}, String(one)))))
}

/** @param {Row} row @param {Gestures} gestures @param {Date} now */
function message({ entry: known, isFirst, isLastOwn, field, buttons = [] }, gestures, now) {
  const entry = /** @type {Entry} */ (known)
  const masked = maskedNotice(entry.body)
  return h('div', { class: `message from-${entry.author}${isFirst ? ' first' : ''}`, 'data-number': entry.number },
    signature(authorOf(entry), timeOf(entry.moment), isFirst),
    asksField(entry) ? fieldCard(entry, field, gestures.fill) : content(entry, gestures, now),
    isLastOwn && h('p', { class: 'fate' }, icon('check'), fr.pending.sent),
    masked && h('p', { class: 'masked' }, icon('shield'), h('span', {}, h('strong', {}, fr.masked.label), ' · ', masked)),
    choices(entry, buttons, gestures))
}

/** The author and the time: seen once a group, heard at each message. @param {string} author @param {string} time @param {boolean} [isFirst] */
function signature(author, time, isFirst) {
  return h('p', { class: isFirst ? 'signature' : 'vh' }, h('span', { class: 'author' }, author), hiddenText(', '), ' ', h('span', {}, time))
}

/** @param {Entry} entry @param {Gestures} gestures @param {Date} now @returns {HTMLElement} */
function content(entry, gestures, now) {
  const { body, kind } = entry
  if (!body) return h('div', { class: 'bubble is-erased' }, fr.lines.erasedMessage)
  if (kind === 'safety') return safety(body, gestures)
  if (kind === 'act_result') return actResult(body)
  if (kind === 'refused') return h('div', { class: 'card card-refused' }, markup(body.text ?? ''))
  if (kind === 'attachment') return h('div', { class: 'bubble' }, fr.lines.attachment(String(body.file_name ?? body.text ?? '')))
  if (kind === 'card') return cardOf(body, now) ?? h('div', { class: 'bubble' }, markup(body.text ?? ''))
  const words = String(body.text ?? '')
  return h('div', { class: 'bubble' }, entry.author === 'member' ? h('p', { class: 'as-typed' }, words) : markup(words))
}

/** The words of the assistant, of an advisor, of the insurer → elements. @param {string} text */
export function markup(text) {
  const fragment = document.createDocumentFragment()
  for (const block of blocksOf(text)) fragment.append(blockOf(block))
  return fragment
}

/** @param {import('./markup.js').Block} block */
function blockOf(block) {
  if (block.type === 'bullets') return h('ul', {}, block.items.map((item) => h('li', {}, item.map(piece))))
  if (block.type === 'numbers') return h('ol', { start: block.start === 1 ? null : block.start }, block.items.map((item) => h('li', {}, item.map(piece))))
  return h('p', {}, block.lines.flatMap((one, index) => [index > 0 && h('br'), ...one.map(piece)]))
}

/** @param {import('./markup.js').Piece} part @returns {Node|string} */
function piece({ text, isBold, href }) {
  const opensElsewhere = href?.startsWith('https:') && hiddenText(` (${fr.link.newWindow})`)
  const words = href ? link(href, {}, text, opensElsewhere) : text
  return isBold ? h('strong', {}, words) : words
}

/** Strong but calm: what to do, the numbers to press, a way out. @param {import('./shapes.js').Body} body @param {Gestures} gestures */
function safety(body, { quickExit }) {
  const numbers = Array.isArray(body.numbers) ? body.numbers : []
  return h('div', { class: 'card card-safety' },
    h('p', { class: 'card-title' }, icon('alert'), fr.safety.title),
    markup(body.text ?? ''),
    numbers.length > 0 && h('ul', { class: 'numbers' }, numbers.map((one) => h('li', {}, emergencyNumber(one)))),
    body.quick_exit && h('button', { type: 'button', class: 'button button-exit', click: quickExit }, icon('exit'), fr.safety.exit),
    body.quick_exit && h('p', { class: 'card-note' }, fr.safety.exitHint))
}

/** @param {{number: string, label: string}} known */
function emergencyNumber({ number, label }) {
  const isText = /sms/i.test(label ?? '')
  const spoken = isText ? fr.safety.text(number) : fr.safety.call(number)
  return link(`${isText ? 'sms' : 'tel'}:${String(number).replace(/\D/g, '')}`, { class: 'number' },
    icon(isText ? 'chat' : 'phone'), h('span', {}, h('strong', {}, spoken), label && h('span', { class: 'number-label' }, label)))
}

/** @param {import('./shapes.js').Body} body */
function actResult({ status, text, data }) {
  const isDone = status === 'done'
  const title = isDone ? fr.act.done : status === 'refused' ? fr.act.refused : fr.act.pending
  return h('div', { class: `card card-act is-${isDone ? 'done' : 'refused'}` },
    h('p', { class: 'card-title' }, icon(isDone ? 'check' : 'alert'), title), markup(text ?? ''), isDone && documentLink(data?.document))
}

/** Quick answers: real buttons; once outdated they stay readable and no longer answer.
 * @param {Entry} entry @param {import('./timeline.js').DrawnButton[]} buttons @param {Gestures} gestures */
function choices(entry, buttons, { choose }) {
  if (!buttons.length) return false
  const isForm = entry.body?.card === 'summary'
  return h('div', { class: `choices${buttons.some(({ status }) => status === 'live') ? '' : ' are-over'}` }, buttons.map((button, index) => {
    const isMain = isForm && index === 0
    return h('button', { type: 'button', class: `button${isMain ? ' button-main' : ''}`, disabled: button.status !== 'live', 'data-status': button.status, click: () => choose(entry, button) },
      button.status === 'chosen' && icon('check'), button.title, button.status === 'chosen' && hiddenText(` (${fr.card.chosen})`))
  }))
}

/** @param {Row} row @param {Gestures} gestures */
function pendingMessage({ pending: known, isFirst, isHeld }, { retry, discard }) {
  const pending = /** @type {import('./shapes.js').Pending} */ (known)
  return h('div', { class: `message from-member is-${pending.status}${isFirst ? ' first' : ''}` },
    signature(fr.you, timeOf(pending.at), isFirst),
    h('div', { class: 'bubble' }, h('p', { class: 'as-typed' }, pending.text)),
    pending.status === 'failed' ? failure(pending, retry, discard) : h('p', { class: 'fate' }, isHeld ? fr.pending.held : fr.pending[pending.status]))
}

/** @param {import('./shapes.js').Pending} pending @param {Gestures['retry']} retry @param {Gestures['discard']} discard */
function failure({ clientId, code, title }, retry, discard) {
  const reason = code === 'timeout' ? fr.pending.timeout : title ?? ''
  return h('div', { class: 'fate is-failed' },
    h('p', {}, icon('alert'), fr.pending.failed, ' ', reason),
    h('button', { type: 'button', class: 'button button-small', click: () => retry(clientId) }, icon('retry'), fr.pending.retry),
    h('button', { type: 'button', class: 'button button-small button-quiet', click: () => discard(clientId) }, fr.pending.discard))
}
