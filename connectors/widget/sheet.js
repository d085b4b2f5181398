// @ts-check
/** A question asked over the conversation: erase? which conversation? It takes the focus and gives it back. */

import { h } from './dom.js'

export class Sheet {
  /** @type {HTMLElement|null} */ #opener = null

  constructor() {
    this.title = h('h3', { class: 'sheet-title', id: 'sheet-title', tabindex: -1 })
    this.body = h('div', { class: 'sheet-body', id: 'sheet-body' })
    this.actions = h('div', { class: 'sheet-actions' })
    this.box = h('div', { class: 'sheet', role: 'alertdialog', 'aria-modal': 'true', 'aria-labelledby': 'sheet-title', 'aria-describedby': 'sheet-body', keydown: (/** @type {KeyboardEvent} */ key) => this.#keepInside(key) }, this.title, this.body, this.actions)
    this.node = h('div', { class: 'veil', hidden: true }, this.box)
  }

  get isOpen() { return !this.node.hidden }

  /** @param {{title: string, body: (Node|string)[], actions: HTMLElement[], opener: HTMLElement}} question */
  ask({ title, body, actions, opener }) {
    this.#opener = opener
    this.title.textContent = title
    this.body.replaceChildren(...body)
    this.actions.replaceChildren(...actions)
    this.node.hidden = false
    this.title.focus()
  }

  /** Close, and give the focus back to what opened it. */
  leave() {
    this.clear()
    this.#opener?.focus()
  }

  /** Close, and leave nothing of what it showed. */
  clear() {
    this.node.hidden = true
    for (const part of [this.title, this.body, this.actions]) part.replaceChildren()
  }

  /** @param {KeyboardEvent} key */
  #keepInside(key) {
    if (key.key !== 'Tab') return
    const stops = [.../** @type {NodeListOf<HTMLElement>} */ (this.box.querySelectorAll('button:not([disabled])'))]
    const active = /** @type {ShadowRoot} */ (this.box.getRootNode()).activeElement
    const isEdge = key.shiftKey ? active === stops[0] || active === this.title : active === stops.at(-1)
    if (!isEdge) return
    key.preventDefault()
    stops.at(key.shiftKey ? -1 : 0)?.focus()
  }
}
