// @ts-check
/** The panel: its parts put together, and each told what changed. */

import { Announcer } from './announcer.js'
import { isNews } from './chat-state.js'
import { Composer } from './composer.js'
import { h, say, show } from './dom.js'
import { fr } from './fr.js'
import { Header } from './header.js'
import { announcementOf } from './lines.js'
import { Log, opening } from './log.js'
import { Menu } from './menu.js'
import { Rating } from './rating.js'
import { Sheet } from './sheet.js'
import { isSpoken } from './timeline.js'
import { Trouble } from './trouble.js'
import { Waiting } from './waiting.js'

/** @typedef {import('./shapes.js').Chat} Chat */
/** @typedef {{name: string, maxText: number, isSignedIn: boolean, isBegun: boolean}} Setting */

export class Panel {
  #now

  /** @param {import('./gestures.js').Gestures} gestures @param {import('./menu.js').TextSize} size @param {() => Date} now */
  constructor(gestures, size, now) {
    this.#now = now
    this.announcer = new Announcer()
    this.menu = new Menu(gestures.menu, size)
    this.header = new Header(gestures, this.menu)
    this.log = new Log(gestures, now)
    this.waiting = new Waiting(gestures)
    this.trouble = new Trouble(gestures)
    this.rating = new Rating(gestures.rate)
    this.composer = new Composer(gestures)
    this.sheet = new Sheet()
    this.banner = h('p', { class: 'banner', hidden: true })
    this.opening = opening()
    this.log.scroller.append(this.opening, this.waiting.node, this.rating.node)
    this.typing = h('p', { class: 'typing' }, h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')), this.typingWords = h('span', {}))
    this.node = this.#frame(gestures.escape)
    this.setSize(size)
  }

  /** @param {() => void} escape */
  #frame(escape) {
    const node = h('section', { class: 'panel', role: 'dialog', 'aria-modal': 'false', 'aria-labelledby': 'title', lang: 'fr', tabindex: -1, hidden: true },
      this.header.node, this.header.bar, this.banner, this.log.node, this.typing, this.trouble.node, this.composer.node, this.sheet.node)
    node.addEventListener('keydown', (key) => { if (key.key === 'Escape' && !key.isComposing) { key.stopPropagation(); escape() } })
    node.addEventListener('pointerdown', (event) => this.#pressedElsewhere(event))
    return node
  }

  /** A press outside the menu closes it. @param {Event} event */
  #pressedElsewhere(event) {
    const target = /** @type {Node} */ (event.target)
    if (this.menu.isOpen && !this.menu.node.contains(target) && !this.menu.button.contains(target)) this.menu.toggle(false)
  }

  /** @param {Chat} chat @param {Setting} setting */
  show(chat, { name, maxText, isSignedIn, isBegun }) {
    const now = this.#now()
    say(this.header.name, name || fr.insurer)
    this.header.show(chat, now)
    this.menu.show({ isSignedIn, hasConversation: isBegun })
    show(this.opening, !chat.entries.length && !chat.pending.length && !chat.trouble)
    this.waiting.show(chat)
    this.trouble.show(chat)
    this.rating.show(chat)
    this.composer.show(chat, maxText)
    this.#showBanner(chat)
    this.#showTyping(chat)
    this.log.show(chat) // last: it follows the end of all that is in it
  }

  /** @param {Chat} chat */
  #showBanner(chat) {
    const away = chat.state?.floor === 'assistant' && chat.state.assistant !== 'ready' ? fr.assistantState[chat.state.assistant] : ''
    const words = chat.notice ?? away ?? ''
    show(this.banner, words !== '')
    say(this.banner, words)
  }

  /** @param {Chat} chat */
  #showTyping({ typing }) {
    this.typing.classList.toggle('is-on', typing !== null)
    if (typing) say(this.typingWords, typing.who === 'advisor' ? fr.typing.advisor(typing.name) : fr.typing.assistant)
  }

  /** Say what is new since *before*, once. @param {Chat} before @param {Chat} chat */
  announce(before, chat) {
    for (const entry of chat.entries) {
      if (entry.number > before.last && isNews(chat, entry)) this.announcer.say(announcementOf(entry, isSpoken(entry), this.#now()))
    }
    if (chat.notice && chat.notice !== before.notice) this.announcer.say(chat.notice)
    if (chat.line !== before.line && before.line !== 'connecting' && before.line !== 'idle') this.announcer.say(fr.lineSaid[chat.line])
    const wereFailed = before.pending.filter(({ status }) => status === 'failed').length
    if (chat.pending.filter(({ status }) => status === 'failed').length > wereFailed) this.announcer.say(fr.pending.failed)
  }

  /** Leave nothing of what was said, asked or being written: the member has left. */
  clear() {
    this.menu.toggle(false)
    this.sheet.clear()
    this.announcer.clear()
    this.composer.fill('')
  }

  /** @param {import('./menu.js').TextSize} size */
  setSize(size) {
    this.node.dataset.size = size
    this.composer.fit()
  }

  /** Put the focus where the member can begin: the field, or the panel itself where a keyboard would cover half the screen. */
  focus() {
    const target = matchMedia('(pointer: coarse)').matches ? this.node : this.composer.input
    target.focus({ preventScroll: true })
  }
}
