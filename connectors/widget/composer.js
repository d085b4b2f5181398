// @ts-check
/** Where the member writes. Nothing typed is ever lost: the draft is kept at each key. */

import { isWritten } from './chat-state.js'
import { h, say, show } from './dom.js'
import { fr } from './fr.js'
import { icon } from './icons.js'

const WARN_AT = 300
const TALLEST_LINES = 5

export class Composer {
  #gestures
  #limit = 4000

  /** @param {{send: (text: string) => void, typing: () => void, drafted: (text: string) => void}} gestures */
  constructor(gestures) {
    this.#gestures = gestures
    this.notice = h('p', { class: 'notice', id: 'notice' }, icon('shield'), h('span', {}, fr.composer.notice))
    this.input = h('textarea', {
      id: 'input', rows: 1, placeholder: fr.composer.placeholder, 'aria-describedby': 'notice count', autocomplete: 'off',
      enterkeyhint: 'send', input: () => this.#typed(), keydown: (/** @type {KeyboardEvent} */ key) => this.#pressed(key)
    })
    this.send = h('button', { type: 'submit', class: 'round send', 'aria-label': fr.composer.send }, icon('send'))
    this.count = h('p', { class: 'count', id: 'count', hidden: true, role: 'status' })
    this.node = h('form', { class: 'composer', novalidate: true, submit: (/** @type {Event} */ event) => this.#submitted(event) },
      this.notice,
      h('label', { class: 'vh', for: 'input' }, fr.composer.label),
      h('div', { class: 'field' }, this.input, this.send),
      this.count)
  }

  /** @param {import('./shapes.js').Chat} chat @param {number} limit of characters */
  show(chat, limit) {
    this.#limit = limit
    const placeholder = isWritten(chat) ? fr.composer.writtenPlaceholder : fr.composer.placeholder
    if (this.input.placeholder !== placeholder) this.input.placeholder = placeholder
  }

  /** Put words in the field: a draft found again. @param {string} text */
  fill(text) {
    this.input.value = text
    this.fit()
    this.#tellLength()
  }

  #typed() {
    this.fit()
    this.#tellLength()
    this.#gestures.drafted(this.input.value)
    if (this.input.value.trim()) this.#gestures.typing()
  }

  /** Enter sends, Shift+Enter and the Enter of a phone's keyboard make a new line. @param {KeyboardEvent} key */
  #pressed(key) {
    const isPlain = key.key === 'Enter' && !key.shiftKey && !key.ctrlKey && !key.altKey && !key.metaKey && !key.isComposing
    if (isPlain && !matchMedia('(pointer: coarse)').matches) {
      key.preventDefault()
      this.node.requestSubmit()
    }
  }

  /** @param {Event} event */
  #submitted(event) {
    event.preventDefault()
    const text = this.input.value.trim()
    if (!text || lengthOf(text) > this.#limit) return this.input.focus()
    this.fill('')
    this.#gestures.drafted('')
    this.#gestures.send(text)
    this.input.focus()
  }

  /** Grow with the words, up to a few lines. A panel not shown yet has no measures. */
  fit() {
    if (!this.input.offsetParent) return
    const style = getComputedStyle(this.input)
    const line = parseFloat(style.lineHeight) || 24
    const around = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom)
    this.input.style.setProperty('height', 'auto')
    this.input.style.setProperty('height', `${Math.min(this.input.scrollHeight, line * TALLEST_LINES + around)}px`)
  }

  #tellLength() {
    const left = this.#limit - lengthOf(this.input.value.trim())
    show(this.count, left <= WARN_AT)
    this.count.classList.toggle('is-over', left < 0)
    this.input.setAttribute('aria-invalid', String(left < 0))
    if (left <= WARN_AT) say(this.count, left < 0 ? fr.composer.over(-left) : fr.composer.left(left))
  }
}

/** Count as the gateway counts: an emoji is one character. @param {string} text */
const lengthOf = (text) => [...text].length
