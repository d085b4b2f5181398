// @ts-check
/** The questions asked in the sheet: erase this conversation? which one to open? */

import { dueInWords, timeOf } from './dates.js'
import { h } from './dom.js'
import { fr } from './fr.js'

/** @typedef {import('./shapes.js').Listed} Listed */

/** @param {string} words @param {() => void} gesture @param {string} [look] */
const button = (words, gesture, look = '') => h('button', { type: 'button', class: `button ${look}`, click: gesture }, words)

/**
 * Ask before erasing: the only gesture of this widget that cannot be undone.
 * @param {import('./sheet.js').Sheet} sheet @param {HTMLElement} opener @param {() => void} erase
 */
export function askToErase(sheet, opener, erase) {
  sheet.ask({
    title: fr.erase.title,
    body: [h('p', {}, fr.erase.text)],
    actions: [button(fr.erase.cancel, () => sheet.leave()), button(fr.erase.confirm, () => { sheet.leave(); erase() }, 'button-danger')],
    opener
  })
}

/**
 * Show the member's conversations, the open one marked.
 * @param {import('./sheet.js').Sheet} sheet @param {HTMLElement} opener @param {Listed[]} conversations
 * @param {{currentId: string, now: Date, goTo: (id: string) => void}} options
 */
export function askWhich(sheet, opener, conversations, { currentId, now, goTo }) {
  const lines = conversations.map((one) => h('li', {}, listed(one, one.id === currentId, now, () => { sheet.leave(); goTo(one.id) })))
  sheet.ask({
    title: fr.list.title,
    body: [lines.length ? h('ul', { class: 'conversations' }, lines) : h('p', {}, fr.list.empty)],
    actions: [button(fr.list.cancel, () => sheet.leave())],
    opener
  })
}

/** @param {Listed} one @param {boolean} isCurrent @param {Date} now @param {() => void} open */
function listed({ mode, subject, due_on: dueOn, updated_at: at, is_closed: isClosed }, isCurrent, now, open) {
  const title = subject || (mode === 'written' ? fr.list.written : fr.list.live)
  const due = !isClosed && dueOn ? fr.list.due(dueInWords(dueOn, now)) : ''
  const day = new Date(at).toLocaleDateString('fr-FR', { day: 'numeric', month: 'long' })
  const facts = [fr.list.at(day, timeOf(at)), isCurrent ? fr.list.current : isClosed ? fr.list.closed : fr.list.open, due]
  return h('button', { type: 'button', class: 'conversation', 'aria-current': isCurrent ? 'true' : null, click: open },
    h('strong', {}, title), h('span', {}, facts.filter(Boolean).join(' · ')))
}
