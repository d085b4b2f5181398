// @ts-check
/**
 * The one line on the insurer's page: `<script src="…/chat.js"></script>`. It adds `<insurer-chat>`, a button, and
 * nothing else: no storage is written and nothing is asked from any server before the member opens the chat.
 *
 * Attributes `data-…` of the script, or of an `<insurer-chat>` already in the page: README.md.
 */
(() => {
  'use strict'
  if (customElements.get('insurer-chat')) return

  const SVG = 'http://www.w3.org/2000/svg'
  // The two sentences needed before fr.js is there.
  const FR = { label: 'Besoin d’aide\u00a0?', failed: 'La messagerie n’a pas pu s’ouvrir. Réessayez dans un instant.' }
  const BUBBLE = ['M4 5.5A2.5 2.5 0 0 1 6.5 3h11A2.5 2.5 0 0 1 20 5.5v8a2.5 2.5 0 0 1-2.5 2.5H11l-4.6 4.2c-.5.5-1.4.1-1.4-.6V16A2 2 0 0 1 4 14z', 'M8.5 9.5h.01M12 9.5h.01M15.5 9.5h.01']
  const script = /** @type {HTMLScriptElement|null} */ (document.currentScript)
  const home = new URL(script?.src || location.href, location.href)

  const CSS = `
    :host { all: initial; --face: var(--chat-font, -apple-system, "Segoe UI", Roboto, Cantarell, Ubuntu, "Noto Sans", "Helvetica Neue", Arial, sans-serif); font-family: var(--face); font-size: max(16px, 1rem); }
    [hidden] { display: none !important; }
    .launcher { position: fixed; right: var(--chat-offset-x, 20px); bottom: calc(var(--chat-offset-y, 20px) + env(safe-area-inset-bottom, 0px)); z-index: var(--chat-z, 2147483000); display: inline-flex; align-items: center; gap: .6em; min-height: 3.25em; max-width: calc(100vw - 40px); box-sizing: border-box; padding: .7em 1.35em .7em 1.1em; border: 1px solid transparent; border-radius: 999px; background: var(--chat-fill, #0f5c63); color: var(--chat-on-fill, #fff); font-family: var(--face); font-size: 1em; font-weight: 600; line-height: 1.25; letter-spacing: normal; text-transform: none; cursor: pointer; box-shadow: 0 2px 6px rgb(10 30 34 / .18), 0 10px 28px rgb(10 30 34 / .22); transition: transform .15s, box-shadow .15s; }
    :host([data-side="left"]) .launcher { right: auto; left: var(--chat-offset-x, 20px); }
    :host([data-display="page"]) .launcher { display: none; }
    .launcher:hover { transform: translateY(-1px); box-shadow: 0 3px 8px rgb(10 30 34 / .2), 0 14px 34px rgb(10 30 34 / .26); }
    .launcher:focus-visible { outline: 3px solid #fff; outline-offset: 0; box-shadow: 0 0 0 6px #10262a; }
    .launcher.is-away { visibility: hidden; }
    .launcher svg { flex: none; width: 1.5em; height: 1.5em; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
    .badge { min-width: 1.5em; padding: .05em .35em; box-sizing: border-box; border-radius: 999px; background: #fff; color: #10262a; font-size: .875em; line-height: 1.5; text-align: center; }
    .failed { position: fixed; right: var(--chat-offset-x, 20px); bottom: 90px; max-width: 280px; margin: 0; padding: .75em 1em; border-radius: 12px; background: #10262a; color: #fff; font-size: .9375em; line-height: 1.4; z-index: var(--chat-z, 2147483000); }
    @media (prefers-reduced-motion: reduce) { .launcher { transition: none; } .launcher:hover { transform: none; } }
    @media (forced-colors: active) { .launcher { border-color: ButtonText; } .launcher:focus-visible { outline-color: Highlight; } }`

  /** White or ink, whichever is readable on *accent*. @param {string} accent */
  function wordsOn(accent) {
    const parts = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(accent)?.slice(1).map((part) => parseInt(part, 16) / 255) ?? [0, 0, 0]
    const [red, green, blue] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 ? '#101618' : '#fff'
  }

  /** @param {string} tag @param {Record<string, string>} attributes @param {...(Node|string)} children */
  function built(tag, attributes, ...children) {
    const node = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
    node.append(...children)
    return node
  }

  function picture() {
    const svg = document.createElementNS(SVG, 'svg')
    svg.setAttribute('viewBox', '0 0 24 24')
    svg.setAttribute('aria-hidden', 'true')
    for (const shape of BUBBLE) {
      const path = document.createElementNS(SVG, 'path')
      path.setAttribute('d', shape)
      svg.append(path)
    }
    return svg
  }

  class InsurerChatElement extends HTMLElement {
    /** @type {Promise<any>|null} */ #chat = null
    /** @type {(() => Promise<string>|string)|null} */ #getToken = null

    constructor() {
      super()
      const root = this.attachShadow({ mode: 'open' })
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(CSS)
      root.adoptedStyleSheets = [sheet]
      this.badge = built('span', { class: 'badge', role: 'img', hidden: '' })
      this.failed = built('p', { class: 'failed', role: 'alert', lang: 'fr', hidden: '' })
      this.words = built('span', {})
      this.launcher = built('button', { class: 'launcher', type: 'button', lang: 'fr', 'aria-haspopup': 'dialog' }, picture(), this.words, this.badge)
      this.launcher.addEventListener('click', () => void this.open())
      root.append(this.launcher, this.failed)
    }

    connectedCallback() {
      const { accent, label, display } = this.dataset
      this.words.textContent = label || FR.label
      if (accent) {
        this.style.setProperty('--chat-fill', accent)
        this.style.setProperty('--chat-on-fill', wordsOn(accent))
      }
      if (display === 'page') void this.open()
      else if (wasOpen()) void this.#ready().then((chat) => chat?.open({ hasFocus: false }))
    }

    /** Open the panel; the chat itself is loaded the first time. */
    async open() { (await this.#ready())?.open() }

    /** Close the panel; the conversation goes on. */
    async close() { (await this.#chat)?.close() }

    /** Say how to get the member's token; it is asked for when needed and renewed. @param {() => Promise<string>|string} getToken */
    async signIn(getToken) {
      this.#getToken = getToken
      await (await this.#chat)?.signIn(getToken)
    }

    /** Forget the member: token, level, words on the screen and on this device. */
    async signOut() {
      this.#getToken = null
      if (this.#chat || hasConversation()) await (await this.#ready())?.signOut()
    }

    /** Open the panel and ask a question in the member's name. @param {string} text */
    async ask(text) { (await this.#ready())?.ask(text) }

    #ready() {
      this.#chat ??= this.#load().catch(() => this.#cannotLoad())
      return this.#chat
    }

    async #load() {
      const { mount } = await import(new URL('./widget/insurer-chat.js', folder()).href)
      const { api, accent, exitUrl, signinUrl, display } = this.dataset
      const settings = { api: new URL(api || 'api/v1/', folder()).href, accent, exitUrl, signinUrl, display: display === 'page' ? 'page' : 'float' }
      const chat = mount(this, this.launcher, this.badge, settings)
      this.failed.hidden = true
      if (this.#getToken) void chat.signIn(this.#getToken)
      return chat
    }

    /** The next press tries again. */
    #cannotLoad() {
      this.#chat = null
      this.failed.hidden = false
      this.failed.textContent = FR.failed
      setTimeout(() => { this.failed.hidden = true }, 8000)
      return null
    }
  }

  /** The folder the gateway answers from: the loader is at its root, or beside the modules in `widget/`. */
  function folder() { return new URL(/\/widget\/[^/]*$/.test(home.pathname) ? '../' : './', home) }

  /** The member opened the chat on an earlier page of this tab. */
  function wasOpen() {
    try { return sessionStorage.getItem('insurer-chat') !== null } catch { return false }
  }

  function hasConversation() {
    try { return Object.keys(localStorage).some((name) => name.startsWith('insurer-chat:')) } catch { return false }
  }

  /** The page may place the element itself; otherwise it comes last in the body. */
  function place() {
    if (document.querySelector('insurer-chat')) return
    const element = document.createElement('insurer-chat')
    Object.assign(element.dataset, script?.dataset)
    document.body.append(element)
  }

  customElements.define('insurer-chat', InsurerChatElement)
  if (document.body && document.readyState !== 'loading') place()
  else document.addEventListener('DOMContentLoaded', place)
})()
