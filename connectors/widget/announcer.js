// @ts-check
/** The one live region: each news is said once, politely; several at a time do not erase one another. */

import { h } from './dom.js'

const KEPT_MS = 20_000

export class Announcer {
  constructor() {
    this.node = h('div', { class: 'vh', role: 'status', 'aria-live': 'polite', 'aria-atomic': 'false', 'aria-relevant': 'additions', lang: 'fr' })
  }

  /** @param {string} text */
  say(text) {
    if (!text) return
    const news = h('p', {}, text)
    this.node.append(news)
    setTimeout(() => news.remove(), KEPT_MS)
  }

  /** Leave nothing that was said. */
  clear() { this.node.replaceChildren() }
}
