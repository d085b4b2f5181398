// @ts-check
/** What the member sends: each message waits for a live line, and is kept until it is confirmed. */

import { Outbox, newClientId } from './outbox.js'

const TYPING_EVERY_MS = 2_000

/** @typedef {import('./shapes.js').Chat} Chat */
/**
 * @typedef {object} Needs
 * @property {import('./kept.js').Kept} kept
 * @property {import('./connection.js').Connection} line
 * @property {() => string} id of the conversation; empty while there is none
 * @property {() => Chat} chat
 * @property {(event: import('./chat-state.js').Event) => void} tell
 */

export class Sending {
  #needs
  #outbox
  #typedAt = 0
  #seen = 0

  /** @param {Needs} needs */
  constructor(needs) {
    this.#needs = needs
    this.#outbox = new Outbox((message) => needs.line.send(message), (clientId) => this.#expired(clientId))
  }

  /** Another conversation begins. */
  restart() {
    this.reset()
    this.#seen = 0
  }

  /** The line broke: what was on its way will be sent again on the next. */
  reset() { this.#outbox.reset() }

  /** A message is stored, or refused. @param {string} clientId */
  settled(clientId) { this.#outbox.settled(clientId) }

  /** @param {string} text */
  say(text) { this.#queue({ text }) }

  /** Give an answer once: a double press comes before the button is drawn disabled. @param {number} entry @param {import('./shapes.js').Button} button */
  choose(entry, { id, title }) {
    const isGiven = this.#needs.chat().pending.some((one) => one.entry === entry && one.status !== 'failed')
    if (!isGiven) this.#queue({ text: title, entry, option: id })
  }

  /** Send what waits, and keep it until it is confirmed: called after each change. @param {Chat} before @param {Chat} chat */
  changed(before, chat) {
    const { kept, id } = this.#needs
    if (chat.pending !== before.pending) kept.keepPending(id(), chat.pending)
    if (chat.line === 'online') this.#outbox.deliver(chat.pending)
  }

  /** Tell that the member is typing, now and then. */
  typing() {
    if (Date.now() - this.#typedAt < TYPING_EVERY_MS) return
    this.#typedAt = Date.now()
    this.#needs.line.signal({ type: 'typing' })
  }

  /** Tell how far the member has read. */
  seen() {
    const { last, line } = this.#needs.chat()
    if (last <= this.#seen || line !== 'online') return
    this.#seen = last
    this.#needs.line.signal({ type: 'seen', number: last })
  }

  /** @param {{text: string, entry?: number, option?: string}} message */
  #queue(message) {
    const at = new Date().toISOString()
    this.#needs.tell({ type: 'queued', pending: { ...message, clientId: newClientId(), at, status: 'sending' } })
  }

  /** @param {string} clientId */
  #expired(clientId) {
    this.#needs.tell({ type: 'failed', clientId, code: 'timeout', title: '' })
    this.#needs.line.check()
  }
}
