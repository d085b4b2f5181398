// @ts-check
/** The log on the screen: only what changed is redrawn, and the reader's place is never stolen. */

import { h, hiddenText, say, show } from './dom.js'
import { fr } from './fr.js'
import { icon } from './icons.js'
import { drawn } from './render.js'
import { hasMore, rowsOf } from './timeline.js'

/** @typedef {import('./shapes.js').Chat} Chat */
/** @typedef {import('./timeline.js').Row} Row */

const NEAR_BOTTOM_PX = 24
const FAR_PX = 150

export class Log {
  #gestures
  #now
  /** @type {Map<string, {print: string, node: HTMLElement}>} */ #drawn = new Map()
  #isAtEnd = true
  #lastKey = ''
  #missed = 0
  #height = 0

  /**
   * @param {import('./render.js').Gestures & {more: () => void, reachedEnd: () => void}} gestures
   * @param {() => Date} now
   */
  constructor(gestures, now) {
    this.#gestures = gestures
    this.#now = now
    this.more = h('button', { type: 'button', class: 'button button-small more', hidden: true, click: gestures.more }, fr.log.more)
    this.rows = h('div', { class: 'rows' })
    // The live region is apart (announcer.js): here, one's own words and old pages would be read again.
    this.scroller = h('div', { class: 'log', role: 'log', 'aria-live': 'off', 'aria-label': fr.log.label, tabindex: 0, scroll: () => this.#scrolled() }, this.more, this.rows)
    this.latestWords = h('span', {}, fr.log.latest)
    this.latest = h('button', { type: 'button', class: 'latest', hidden: true, click: () => this.toEnd() }, icon('down'), this.latestWords)
    this.node = h('div', { class: 'log-frame' }, this.scroller, this.latest)
    // A wider text, a keyboard on a phone, a panel above: whoever was reading the end still reads the end.
    new ResizeObserver(() => { if (this.#isAtEnd) this.toEnd() }).observe(this.scroller)
  }

  /** @param {Chat} chat */
  show(chat) {
    const rows = rowsOf(chat)
    const height = this.scroller.scrollHeight
    const isLonger = chat.shown > this.rows.children.length && hasMore(chat) !== !this.more.hidden
    show(this.more, hasMore(chat))
    const fresh = this.#draw(rows)
    this.#follow(rows, fresh, isLonger ? this.scroller.scrollHeight - height : 0)
  }

  /** Go to the end, where the talk is. */
  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight
    this.#reached()
  }

  /** @param {Row[]} rows @returns {HTMLElement|null} the first row drawn after what was there */
  #draw(rows) {
    const keys = new Set(rows.map(({ key }) => key))
    for (const [key, { node }] of this.#drawn) if (!keys.has(key)) { node.remove(); this.#drawn.delete(key) }
    /** @type {HTMLElement|null} */ let fresh = null
    /** @type {HTMLElement|null} */ let above = null
    for (const row of rows) {
      const isNew = !this.#drawn.has(row.key)
      const node = this.#nodeOf(row)
      /** @type {ChildNode|null} */
      const place = above ? above.nextSibling : this.rows.firstChild
      if (node !== place) this.rows.insertBefore(node, place)
      above = node
      if (isNew && !fresh) fresh = node
    }
    return fresh
  }

  /** @param {Row} row */
  #nodeOf(row) {
    const print = JSON.stringify(row)
    const known = this.#drawn.get(row.key)
    if (known?.print === print) return known.node
    const node = drawn(row, this.#gestures, this.#now())
    if (known) known.node.replaceWith(node)
    this.#drawn.set(row.key, { print, node })
    return node
  }

  /** @param {Row[]} rows @param {HTMLElement|null} fresh @param {number} grown height added above the reader */
  #follow(rows, fresh, grown) {
    const last = rows.at(-1)
    const isNew = last !== undefined && last.key !== this.#lastKey
    const isOwn = last?.kind === 'pending' || last?.entry?.author === 'member'
    this.#lastKey = last?.key ?? ''
    if (grown > 0 && !isNew) this.scroller.scrollTop += grown
    else if (fresh && (this.#isAtEnd || isOwn)) this.#toStartOf(fresh, rows)
    else if (fresh && isNew) this.#tellMissed()
    else if (this.#isAtEnd && this.scroller.scrollHeight !== this.#height) this.toEnd()
    this.#height = this.scroller.scrollHeight
  }

  /** A long answer is read from its beginning; a conversation found again, from its end. @param {HTMLElement} fresh @param {Row[]} rows */
  #toStartOf(fresh, rows) {
    this.toEnd()
    const isHistory = this.rows.firstChild === fresh && rows.some(({ entry }) => entry?.author === 'member')
    if (isHistory) return
    const cut = this.scroller.getBoundingClientRect().top + 12 - fresh.getBoundingClientRect().top
    if (cut > 0) this.scroller.scrollTop -= cut
    this.#scrolled()
  }

  #tellMissed() {
    this.#missed += 1
    say(this.latestWords, fr.log.newMessages(this.#missed))
    this.latest.classList.add('has-news')
    show(this.latest, true)
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller
    const left = scrollHeight - scrollTop - clientHeight
    this.#isAtEnd = left < NEAR_BOTTOM_PX
    if (this.#isAtEnd) this.#reached()
    else show(this.latest, this.#missed > 0 || left > FAR_PX)
  }

  #reached() {
    this.#isAtEnd = true
    this.#missed = 0
    this.latest.classList.remove('has-news')
    show(this.latest, false)
    say(this.latestWords, fr.log.latest)
    this.#gestures.reachedEnd()
  }
}

/** What is shown while nothing is there yet: the height of a greeting, so that its arrival moves nothing. */
export function opening() {
  return h('div', { class: 'opening' }, h('span', { class: 'ghost' }), h('span', { class: 'ghost' }), h('span', { class: 'ghost' }), hiddenText(fr.log.opening))
}
