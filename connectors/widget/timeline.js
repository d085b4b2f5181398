// @ts-check
/** What is drawn in the log, row by row: days, groups, buttons still valid. Pure. */

import { isWaiting, isWritten } from './chat-state.js'

/** @typedef {import('./shapes.js').Chat} Chat */
/** @typedef {import('./shapes.js').Entry} Entry */
/** @typedef {import('./shapes.js').Button & {status: 'live'|'outdated'|'chosen'}} DrawnButton */
/**
 * @typedef {object} Row
 * @property {string} key  the same for a message being sent and once it is stored
 * @property {'day'|'entry'|'pending'} kind
 * @property {string} [day]  YYYY-MM-DD, local
 * @property {Entry} [entry]
 * @property {import('./shapes.js').Pending} [pending]
 * @property {boolean} [isFirst]  starts a group: the author and the time are shown
 * @property {boolean} [isHeld]  it waits for the network
 * @property {boolean} [isLastOwn]  the member's latest message: its fate is shown
 * @property {DrawnButton[]} [buttons]
 * @property {import('./field.js').FieldStatus} [field]  of an entry that asks for a secure field
 */

const GROUP_MS = 5 * 60 * 1000
const BUBBLES = new Set(['text', 'choice', 'card', 'attachment', 'safety', 'act_result', 'refused'])

/** Say whether *entry* is somebody speaking (a bubble or a card) rather than a line about the conversation. @param {Entry} entry */
export const isSpoken = (entry) => BUBBLES.has(entry.kind ?? '')

/**
 * Give the rows of the log, oldest first.
 * @param {Chat} chat
 * @returns {Row[]}
 */
export function rowsOf(chat) {
  const visible = chat.entries.filter((entry) => !entry.hidden).slice(-chat.shown)
  const offers = offersOf(chat)
  const fields = fieldsOf(chat)
  /** @type {Row[]} */
  const rows = []
  /** @type {Entry|null} */
  let previous = null
  for (const entry of visible) {
    const day = localDay(entry.moment)
    const isNewDay = day !== localDay(previous?.moment)
    if (isNewDay) rows.push({ key: `day-${day}`, kind: 'day', day })
    rows.push({
      key: entry.client_id ? `c-${entry.client_id}` : `n-${entry.number}`,
      kind: 'entry',
      entry,
      isFirst: isNewDay || !isSameGroup(previous, entry),
      buttons: drawnButtons(chat, entry, offers),
      ...(fields.has(entry.number) ? { field: fields.get(entry.number) } : {})
    })
    previous = entry
  }
  if (!chat.pending.length) markLastOwn(rows)
  return [...rows, ...pendingRows(chat, previous)]
}

/** @param {Row[]} rows */
function markLastOwn(rows) {
  const last = rows.findLast(({ entry }) => entry?.author === 'member' && isSpoken(entry))
  if (last) last.isLastOwn = true
}

/** Say whether older entries are held but not drawn. @param {Chat} chat */
export function hasMore(chat) {
  return chat.entries.filter((entry) => !entry.hidden).length > chat.shown
}

/** @param {Chat} chat @param {Entry|null} previous @returns {Row[]} */
function pendingRows(chat, previous) {
  return chat.pending.map((pending, index) => ({
    key: `c-${pending.clientId}`, kind: 'pending', pending, isHeld: chat.line !== 'online', isFirst: index === 0 && previous?.author !== 'member'
  }))
}

/** @param {Entry|null} previous @param {Entry} entry */
function isSameGroup(previous, entry) {
  if (!previous || !isSpoken(previous) || !isSpoken(entry)) return false
  if (previous.author !== entry.author || previous.author_name !== entry.author_name) return false
  return Date.parse(entry.moment ?? '') - Date.parse(previous.moment ?? '') < GROUP_MS
}

/**
 * Give the local day of *moment* as YYYY-MM-DD.
 * @param {string} [moment]
 */
export function localDay(moment) {
  if (!moment) return ''
  const when = new Date(moment)
  const two = (/** @type {number} */ number) => String(number).padStart(2, '0')
  return `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())}`
}

/** The newest offer of the assistant, and what was chosen in each entry. A choice is valid once.
 * @param {Chat} chat */
function offersOf(chat) {
  let latest = 0
  /** @type {Map<number, string>} */
  const chosen = new Map()
  for (const { number, author, kind, body } of chat.entries) {
    if (author === 'assistant' && body?.buttons?.length) latest = number
    if (kind === 'choice' && body) chosen.set(body.entry, body.option)
  }
  for (const { entry, option, status } of chat.pending) {
    if (entry !== undefined && option !== undefined && status !== 'failed') chosen.set(entry, option)
  }
  return { latest, chosen }
}

/** What became of each secure field asked for: as the gateway judges it (connectors/core/asked.py).
 * @param {Chat} chat */
function fieldsOf(chat) {
  /** @type {Map<number, import('./field.js').FieldStatus>} */
  const fields = new Map()
  let live = 0
  const end = (/** @type {import('./field.js').FieldStatus} */ status) => { if (live) fields.set(live, status); live = 0 }
  for (const { number, author, kind, body } of chat.entries) {
    const isField = kind === 'card' && body?.card === 'field'
    if (kind === 'form') end('filled')
    else if (author === 'assistant' && (isField || body?.buttons?.length)) end('outdated')
    if (author === 'assistant' && isField) fields.set(live = number, 'live')
  }
  if (chat.state?.is_closed || (chat.state?.floor ?? 'assistant') !== 'assistant') end('outdated')
  return fields
}

/** @param {Chat} chat @param {Entry} entry @param {{latest: number, chosen: Map<number, string>}} offers @returns {DrawnButton[]} */
function drawnButtons(chat, entry, { latest, chosen }) {
  const isOver = entry.number < latest || chosen.has(entry.number)
  return (entry.body?.buttons ?? []).map((button) => {
    if (chosen.get(entry.number) === button.id) return { ...button, status: 'chosen' }
    return { ...button, status: !isOver && isPossible(chat, button.act) ? 'live' : 'outdated' }
  })
}

/** Say whether what a button does still makes sense now. @param {Chat} chat @param {string} [act] */
function isPossible(chat, act) {
  const floor = chat.state?.floor ?? 'assistant'
  if (act === 'handoff') return floor === 'assistant'
  if (act === 'write') return !isWritten(chat)
  if (act === 'back') return isWaiting(chat)
  if (act === 'sign_in') return (chat.state?.level ?? 0) === 0
  return floor === 'assistant'
}
