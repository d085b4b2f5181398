// @ts-check
/** The top of the panel: who speaks, whether the line holds, and a person always one press away. */

import { speakerOf } from './chat-state.js'
import { dueInWords } from './dates.js'
import { h, say, show } from './dom.js'
import { fr } from './fr.js'
import { icon } from './icons.js'
import { standing } from './waiting.js'

/** @typedef {import('./shapes.js').Chat} Chat */

export class Header {
  /**
   * @param {{close: () => void, handoff: () => void, newQuestion: () => void, fold: (isFolded: boolean) => void, quickExit: () => void}} gestures
   * @param {{button: HTMLElement, node: HTMLElement}} menu
   */
  constructor(gestures, menu) {
    this.avatar = h('span', { class: 'avatar', 'aria-hidden': 'true' })
    this.name = h('h2', { class: 'insurer', id: 'title' }, fr.insurer)
    this.speaker = h('span', { class: 'speaker' }, fr.assistant)
    this.lineWords = h('span')
    this.line = h('span', { class: 'connection', 'data-line': 'idle' }, this.lineWords)
    this.close = h('button', { type: 'button', class: 'round', 'aria-label': fr.header.close, click: gestures.close }, icon('close'))
    this.node = h('header', { class: 'header' },
      this.avatar,
      h('div', { class: 'titles' }, this.name, h('p', { class: 'presence' }, this.speaker, this.line)),
      menu.button, this.close, menu.node)
    this.handoff = h('button', { type: 'button', class: 'button handoff', click: gestures.handoff }, icon('person'), fr.bar.handoff)
    this.barMain = h('span')
    this.barMore = h('small')
    this.barWords = h('p', { class: 'bar-words', hidden: true }, this.barMain, this.barMore)
    this.newQuestion = h('button', { type: 'button', class: 'button button-small', hidden: true, click: gestures.newQuestion }, icon('plus'), fr.bar.newQuestion)
    this.options = h('button', { type: 'button', class: 'button button-small', hidden: true, click: () => gestures.fold(false) }, fr.waiting.options)
    this.exit = h('button', { type: 'button', class: 'button button-small exit', hidden: true, click: gestures.quickExit }, icon('exit'), fr.safety.exitShort)
    this.bar = h('div', { class: 'bar' }, this.handoff, this.barWords, this.newQuestion, this.options, this.exit)
  }

  /** @param {Chat} chat @param {Date} now */
  show(chat, now) {
    const speaker = speakerOf(chat)
    const name = chat.state?.speaker ?? null
    say(this.speaker, speakerWords(speaker, name))
    this.#showAvatar(speaker, name)
    if (this.line.dataset.line !== chat.line) this.line.dataset.line = chat.line
    say(this.lineWords, fr.line[chat.line])
    this.#showBar(chat, speaker, name, now)
  }

  /** @param {string} speaker @param {string|null} name */
  #showAvatar(speaker, name) {
    const print = speaker === 'advisor' && name ? fr.initials(name) : speaker
    if (this.avatar.dataset.print === print) return
    this.avatar.dataset.print = print
    this.avatar.replaceChildren(print === speaker ? icon(PICTURES[speaker] ?? 'person') : print)
  }

  /** @param {Chat} chat @param {string} speaker @param {string|null} name @param {Date} now */
  #showBar(chat, speaker, name, now) {
    show(this.handoff, speaker === 'assistant')
    this.handoff.setAttribute('aria-disabled', String(chat.busy.includes('handoff')))
    show(this.barWords, speaker !== 'assistant')
    show(this.newQuestion, speaker === 'written')
    show(this.options, speaker === 'waiting' && chat.isWaitingFolded)
    show(this.exit, chat.entries.some(({ kind, body }) => kind === 'safety' && body?.quick_exit === true))
    const [main, more] = barWords(speaker, name, chat, now)
    say(this.barMain, main)
    say(this.barMore, more)
  }
}

/** @type {Record<string, string>} */
const PICTURES = { assistant: 'chat', waiting: 'clock', written: 'mail' }

/** @param {string} speaker @param {string|null} name */
function speakerWords(speaker, name) {
  if (speaker === 'advisor') return fr.advisor(name)
  if (speaker === 'waiting') return fr.header.waiting
  return speaker === 'written' ? fr.header.written : fr.assistant
}

/** @param {string} speaker @param {string|null} name @param {Chat} chat @param {Date} now @returns {[string, string]} */
function barWords(speaker, name, chat, now) {
  if (speaker === 'advisor') return [fr.bar.advisor(name ?? ''), '']
  if (speaker === 'written') return [fr.bar.written, fr.bar.writtenBy(dueInWords(chat.state?.due_on, now))]
  const { shortPlace, shortRange } = standing(chat)
  return speaker === 'waiting' ? [shortPlace, shortRange] : ['', '']
}
