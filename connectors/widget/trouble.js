// @ts-check
/** What is said when the conversation cannot be reached, and what the member can do about it. */

import { h, say, show } from './dom.js'
import { fr } from './fr.js'
import { icon } from './icons.js'

/** @typedef {keyof typeof WAYS} Known */

/** Its picture, and whether each trouble offers to try again, and to begin another conversation. */
const WAYS = {
  unreachable: { picture: 'retry', mayRetry: true, mayStart: false },
  sign_in_needed: { picture: 'lock', mayRetry: true, mayStart: true },
  gone: { picture: 'alert', mayRetry: false, mayStart: true },
  erased: { picture: 'check', mayRetry: false, mayStart: true }
}

export class Trouble {
  /** @param {{retry: () => void, signIn: () => void, startNew: () => void}} gestures */
  constructor({ retry, signIn, startNew }) {
    this.picture = h('span', { class: 'trouble-picture' })
    this.title = h('p', { class: 'trouble-title' })
    this.text = h('p', {})
    this.retry = h('button', { type: 'button', class: 'button button-main', click: () => (this.node.dataset.trouble === 'sign_in_needed' ? signIn() : retry()) })
    this.start = h('button', { type: 'button', class: 'button', click: startNew }, fr.trouble.newConversation)
    this.node = h('section', { class: 'trouble', hidden: true, role: 'status' },
      this.picture, this.title, this.text, h('div', { class: 'trouble-ways' }, this.retry, this.start))
  }

  /** @param {import('./shapes.js').Chat} chat */
  show({ trouble }) {
    show(this.node, trouble !== null)
    if (trouble === null || trouble === this.node.dataset.trouble) return
    this.node.dataset.trouble = trouble
    const known = /** @type {Known} */ (trouble in WAYS ? trouble : 'gone')
    this.picture.replaceChildren(icon(WAYS[known].picture))
    say(this.title, fr.trouble[known].title)
    say(this.text, fr.trouble[known].text)
    say(this.retry, fr.trouble[known].retry)
    show(this.retry, WAYS[known].mayRetry)
    show(this.start, WAYS[known].mayStart)
  }
}
