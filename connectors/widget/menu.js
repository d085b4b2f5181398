// @ts-check
/** The menu: a button that discloses a short list. Escape closes it and gives the focus back. */

import { h, show } from './dom.js'
import { fr } from './fr.js'
import { icon } from './icons.js'

/** @typedef {'normal'|'large'|'larger'} TextSize */
/** @typedef {{download: () => void, erase: () => void, list: () => void, newQuestion: () => void, signIn: () => void, signOut: () => void, size: (size: TextSize) => void, close: () => void}} MenuGestures */

export class Menu {
  /** @param {MenuGestures} gestures @param {TextSize} size */
  constructor(gestures, size) {
    this.button = h('button', { type: 'button', class: 'round', 'aria-label': fr.header.menu, 'aria-expanded': 'false', 'aria-controls': 'menu', click: () => this.toggle() }, icon('menu'))
    this.signIn = this.#line('key', fr.menu.signIn, gestures.signIn)
    this.signOut = this.#line('exit', fr.menu.signOut, gestures.signOut)
    this.list = this.#line('list', fr.menu.list, gestures.list)
    this.erase = this.#line('trash', fr.menu.erase, gestures.erase)
    this.download = this.#line('download', fr.menu.download, gestures.download)
    const lines = [this.list, this.#line('plus', fr.menu.newQuestion, gestures.newQuestion), this.download, this.signIn, this.signOut, this.erase]
    this.node = h('div', { class: 'menu', id: 'menu', role: 'group', 'aria-label': fr.menu.label, hidden: true, keydown: (/** @type {KeyboardEvent} */ key) => this.#pressed(key) },
      h('ul', {}, lines.map((one) => h('li', {}, one))), this.#sizes(gestures.size, size),
      h('ul', {}, h('li', {}, this.#line('close', fr.menu.close, gestures.close))))
  }

  get isOpen() { return !this.node.hidden }

  /** @param {{isSignedIn: boolean, hasConversation: boolean}} can */
  show({ isSignedIn, hasConversation }) {
    for (const [line, isShown] of /** @type {[HTMLElement, boolean][]} */ ([
      [this.signIn, !isSignedIn], [this.signOut, isSignedIn], [this.list, isSignedIn],
      [this.erase, hasConversation], [this.download, hasConversation]
    ])) show(/** @type {HTMLElement} */ (line.parentElement), isShown)
  }

  toggle(isOpen = !this.isOpen) {
    show(this.node, isOpen)
    this.button.setAttribute('aria-expanded', String(isOpen))
    if (isOpen) this.#lines()[0]?.focus()
  }

  /** Close and put the focus back where it came from. */
  leave() {
    this.toggle(false)
    this.button.focus()
  }

  /** @returns {HTMLElement[]} what can take the focus */
  #lines() {
    return [.../** @type {NodeListOf<HTMLElement>} */ (this.node.querySelectorAll('button'))].filter((line) => !line.closest('[hidden]'))
  }

  /** @param {KeyboardEvent} key */
  #pressed(key) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[key.key]
    if (!step || /** @type {HTMLElement} */ (key.target).matches('input')) return
    key.preventDefault()
    const lines = this.#lines()
    const at = lines.indexOf(/** @type {HTMLElement} */ (key.target))
    lines[(at + step + lines.length) % lines.length]?.focus()
  }

  /** @param {string} picture @param {string} words @param {() => void} gesture */
  #line(picture, words, gesture) {
    return h('button', { type: 'button', class: 'menu-line', click: () => { this.leave(); gesture() } }, icon(picture), words)
  }

  /** @param {(size: TextSize) => void} gesture @param {TextSize} chosen */
  #sizes(gesture, chosen) {
    const choices = Object.entries(fr.menu.sizes).map(([size, words]) => h('label', { class: `size size-${size}` },
      h('input', { type: 'radio', name: 'size', value: size, checked: size === chosen, change: () => gesture(/** @type {TextSize} */ (size)) }), h('span', {}, words)))
    return h('fieldset', { class: 'sizes' }, h('legend', {}, icon('text'), fr.menu.size), h('div', {}, choices))
  }
}
