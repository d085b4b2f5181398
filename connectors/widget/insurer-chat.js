// @ts-check
/**
 * The chat behind the launcher: loaded when the member opens it for the first time, never before.
 *
 * Events on the element, all composed and bubbling: `insurer-chat-open`, `insurer-chat-close`, `insurer-chat-signin`
 * (the member asks to sign in; cancel it when the page deals with it), `insurer-chat-signout` (he has signed out by the
 * chat's own menu: the page may sign him out too), `insurer-chat-message` (`{author, kind}`, never
 * words), `insurer-chat-unread` (`{count}`).
 */

import { Api } from './api.js'
import { NEW_CHAT, isKnown, isNews, nextChat } from './chat-state.js'
import { paletteOf } from './contrast.js'
import { Conversation } from './conversation.js'
import { say, show } from './dom.js'
import { fr } from './fr.js'
import { gesturesOf } from './gestures.js'
import { Kept } from './kept.js'
import { Panel } from './panel.js'
import { sheet as style } from './style.css.js'

/** @typedef {import('./shapes.js').Chat} Chat */
/**
 * @typedef {object} Settings  from the attributes of the element, see README.md
 * @property {string} api address of the API, ending with a slash
 * @property {string} [accent]
 * @property {string} [exitUrl] where « Quitter vite cette page » leads
 * @property {string} [signinUrl] where a member signs in, when the page does not listen to `insurer-chat-signin`
 * @property {'float'|'page'} display a floating panel, or the whole page (the app)
 */

const MAX_TEXT = 4000

/**
 * Build the chat inside the launcher's shadow root.
 * @param {HTMLElement} host
 * @param {HTMLElement} launcher
 * @param {HTMLElement} badge where the launcher shows the number of unread messages
 * @param {Settings} settings
 */
export function mount(host, launcher, badge, settings) {
  return new InsurerChat(host, launcher, badge, settings)
}

export class InsurerChat {
  /** @type {Chat} */ #chat = NEW_CHAT
  /** @type {Chat} */ #shown = NEW_CHAT
  /** @type {Partial<import('./shapes.js').Config>} */ #config = {}
  #isDrawing = false

  /** @param {HTMLElement} host @param {HTMLElement} launcher @param {HTMLElement} badge @param {Settings} settings */
  constructor(host, launcher, badge, settings) {
    this.host = host
    this.launcher = launcher
    this.badge = badge
    this.settings = settings
    this.root = /** @type {ShadowRoot} */ (host.shadowRoot)
    this.api = new Api(settings.api)
    this.kept = new Kept(settings.api)
    this.conversation = new Conversation({ api: this.api, kept: this.kept, chat: () => this.#chat, tell: (event) => this.tell(event) })
    this.panel = new Panel(gesturesOf(this), this.kept.textSize, () => new Date())
    this.#build()
  }

  #build() {
    this.root.adoptedStyleSheets = [...this.root.adoptedStyleSheets, style]
    this.root.append(this.panel.announcer.node, this.panel.node)
    this.#paint()
    addEventListener('online', () => this.conversation.reconnect())
    addEventListener('offline', () => this.conversation.reconnect())
    addEventListener('pageshow', ({ persisted }) => { if (persisted) this.conversation.check() })
    addEventListener('storage', (event) => this.#followTabs(event))
    document.addEventListener('visibilitychange', () => { if (!document.hidden) { this.conversation.check(); this.read() } })
    globalThis.visualViewport?.addEventListener('resize', () => this.#fitKeyboard())
    globalThis.visualViewport?.addEventListener('scroll', () => this.#fitKeyboard())
  }

  /** Another tab of this browser wrote what this one reads. @param {StorageEvent} event */
  #followTabs({ key, newValue }) {
    if (key === this.kept.keyName || key === null) this.conversation.follow()
    if (key === this.kept.signedOutName && newValue) this.#forgetMember()
  }

  #forgetMember() {
    this.panel.clear()
    this.conversation.forgetMember()
    if (this.settings.display === 'page') void this.conversation.begin()
  }

  // -- The JS API ---------------------------------------------------------------------------------------------------

  /** @param {{hasFocus?: boolean}} [options] without the focus when the panel comes back by itself on a new page */
  open({ hasFocus = true } = {}) {
    const wasOpen = this.#chat.isOpen
    this.tell({ type: 'opened' })
    this.kept.isOpen = true
    this.draw()
    this.panel.composer.fill(this.kept.draft)
    if (hasFocus) this.panel.focus()
    if (wasOpen) return
    this.#fitKeyboard()
    this.panel.log.toEnd()
    this.emit('open')
    void this.#configure()
    void this.conversation.begin()
  }

  close() {
    if (!this.#chat.isOpen || this.settings.display === 'page') return
    this.tell({ type: 'closed' })
    this.kept.isOpen = false
    this.draw()
    this.launcher.focus()
    this.emit('close')
  }

  /** @param {() => Promise<string>|string} getToken */
  signIn(getToken) { return this.conversation.signIn(getToken) }

  /** Leave nothing of the member on this device. */
  async signOut() {
    this.panel.clear()
    this.close()
    await this.conversation.signOut()
    if (this.settings.display === 'page') await this.conversation.begin()
  }

  /** Open, and ask in the member's name. @param {string} text */
  ask(text) {
    this.open()
    const words = String(text ?? '').trim()
    if (words) this.conversation.send(words)
  }

  // -- What changes -------------------------------------------------------------------------------------------------

  /** @param {import('./chat-state.js').Event} event */
  tell(event) {
    const before = this.#chat
    this.#chat = nextChat(before, event)
    if (this.#chat === before) return
    this.#emitChanges(before, this.#chat)
    this.conversation?.changed(before, this.#chat)
    this.#drawSoon()
  }

  /** @param {Chat} before @param {Chat} chat */
  #emitChanges(before, chat) {
    const entry = chat.last > before.last ? chat.entries.at(-1) : undefined
    if (entry && isNews(chat, entry)) this.emit('message', { author: entry.author, kind: entry.kind })
    if (chat.unread !== before.unread) this.emit('unread', { count: chat.unread })
  }

  /** One drawing for many changes; a hidden tab, which has no frames, is drawn all the same. */
  #drawSoon() {
    if (this.#isDrawing) return
    this.#isDrawing = true
    const draw = () => { if (this.#isDrawing) this.draw() }
    requestAnimationFrame(draw)
    setTimeout(draw, 100)
  }

  draw() {
    this.#isDrawing = false
    const before = this.#shown
    const chat = this.#shown = this.#chat
    show(this.panel.node, chat.isOpen)
    this.launcher.classList.toggle('is-away', chat.isOpen)
    say(this.badge, chat.unread ? String(chat.unread) : '')
    this.badge.setAttribute('aria-label', chat.unread ? fr.log.newMessages(chat.unread) : '')
    show(this.badge, chat.unread > 0)
    this.panel.show(chat, this.#setting())
    this.panel.announce(before, chat)
  }

  #setting() {
    return {
      name: this.#config.name ?? '', maxText: this.#config.max_text ?? MAX_TEXT,
      isSignedIn: this.conversation.isSignedIn && isKnown(this.#chat), isBegun: this.conversation.isBegun
    }
  }

  read() {
    if (this.#chat.isOpen && !document.hidden) this.conversation.seen()
  }

  async #configure() {
    if (this.#config.name) return
    this.#config = await this.api.config().catch(() => ({}))
    this.#paint()
    this.#drawSoon()
  }

  /** The accent of the page wins over the insurer's; whatever it is, words stay readable. */
  #paint() {
    const chosen = this.settings.accent || getComputedStyle(this.host).getPropertyValue('--chat-accent') || this.#config.accent_colour
    for (const [name, value] of Object.entries(paletteOf(chosen))) this.host.style.setProperty(name, value)
  }

  /** A phone's keyboard covers the page without telling it: the panel keeps to what is seen. */
  #fitKeyboard() {
    const view = globalThis.visualViewport
    if (!view || !this.#chat.isOpen) return
    this.panel.node.style.setProperty('--chat-height', `${view.height}px`)
    this.panel.node.style.setProperty('--chat-top', `${view.offsetTop}px`)
  }

  /** @param {string} name @param {object} [detail] @returns {boolean} false when the page dealt with it */
  emit(name, detail = {}) {
    return this.host.dispatchEvent(new CustomEvent(`insurer-chat-${name}`, { detail, bubbles: true, composed: true, cancelable: true }))
  }
}
