// @ts-check
/**
 * The line to the gateway: a WebSocket that comes back by itself and resumes from the last number, long polling where
 * WebSockets are blocked. Whatever the transport, what arrives is the frames of docs/chat-api.md.
 */

import { delayBefore } from './delay.js'
import { Polling, posted } from './polling.js'

const HELLO_MS = 10_000
const HEARTBEAT_MS = 25_000
const SILENCE_MS = 8_000
const FAILURES_BEFORE_POLLING = 2
const FINAL = new Set(['sign_in_needed', 'forbidden', 'not_found', 'malformed'])

/** @typedef {{[name: string]: any, type: string}} Frame */
/**
 * @typedef {object} Needs  what the line is given: no global is reached from here
 * @property {import('./api.js').Api} api
 * @property {() => {id: string, authorization: string}} access
 * @property {() => number} since  the last number held
 * @property {(frame: Frame) => void} heard
 * @property {(line: import('./shapes.js').Line) => void} moved
 * @property {(code: string) => void} refused  the gateway will not open this conversation: no further try is made
 * @property {typeof WebSocket} WebSocket
 * @property {() => number} random  from 0 to 1
 * @property {() => number} now  milliseconds
 * @property {() => boolean} isOnline
 */

export class Connection {
  #needs
  /** @type {WebSocket|null} */ #socket = null
  /** @type {Polling|null} */ #polling = null
  #isWelcome = false
  #isStopped = true
  #attempt = 0
  #failures = 0
  #heardAt = 0
  /** @type {Record<string, ReturnType<typeof setTimeout>>} */ #timers = {}

  /** @param {Needs} needs */
  constructor(needs) { this.#needs = needs }

  /** Open the line, or open it again at once. */
  start() {
    this.#drop()
    this.#isStopped = false
    this.#attempt = 0
    this.#connect('connecting')
  }

  /** Close the line and stay closed. */
  stop() {
    this.#isStopped = true
    this.#drop()
    this.#needs.moved('idle')
  }

  /** Look whether the line is alive: after a sleep, a change of network, a message without an answer. */
  check() {
    if (this.#isStopped || this.#polling) return
    if (!this.#isWelcome) return this.start()
    this.#ping()
  }

  /** Read again from the last number held: a number was missing. */
  resync() {
    if (this.#socket && this.#isWelcome) this.#write(this.#hello())
  }

  /** Send a message; what becomes of it comes back as a frame `sent`, `entry` or `problem`. @param {{client_id: string}} message */
  send(message) {
    if (this.#polling) void posted(this.#needs, message).then((frame) => this.#needs.heard(frame))
    else if (this.#isWelcome) this.#write({ type: 'send', ...message })
  }

  /** Send a sign that may be lost: `typing`, `seen`. @param {Frame} signal */
  signal(signal) {
    if (this.#isWelcome && !this.#polling) this.#write(signal)
  }

  /** @param {import('./shapes.js').Line} line */
  #connect(line) {
    this.#needs.moved(this.#needs.isOnline() ? line : 'offline')
    if (this.#failures >= FAILURES_BEFORE_POLLING) return void this.#poll()
    const socket = this.#socket = this.#newSocket()
    if (!socket) return this.#lost()
    socket.onopen = () => this.#write(this.#hello())
    socket.onmessage = ({ data }) => { if (socket === this.#socket) this.#hear(data) }
    socket.onclose = () => { if (socket === this.#socket) this.#lost() }
    this.#later('hello', HELLO_MS, () => this.#lost())
  }

  /** A page's security policy may refuse WebSockets by throwing: long polling is then what is left. */
  #newSocket() {
    try {
      return new this.#needs.WebSocket(this.#needs.api.socketUrl)
    } catch {
      return null
    }
  }

  #hello() {
    const { id, authorization } = this.#needs.access()
    return { type: 'hello', conversation: id, authorization: `Bearer ${authorization}`, since: this.#needs.since() }
  }

  /** @param {string} data */
  #hear(data) {
    const frame = frameOf(data)
    if (!frame) return
    this.#heardAt = this.#needs.now()
    clearTimeout(this.#timers.silence)
    if (frame.type === 'problem' && !this.#isWelcome && FINAL.has(frame.code)) return this.#refused(frame.code)
    if (frame.type === 'welcome') this.#welcomed()
    this.#later('heartbeat', HEARTBEAT_MS, () => this.#ping())
    if (frame.type !== 'pong') this.#needs.heard(frame)
  }

  #welcomed() {
    this.#isWelcome = true
    this.#attempt = this.#failures = 0
    clearTimeout(this.#timers.hello)
    this.#needs.moved('online')
  }

  #ping() {
    this.#write({ type: 'ping' })
    this.#later('silence', SILENCE_MS, () => this.#lost())
  }

  #lost() {
    if (!this.#isWelcome && this.#needs.isOnline()) this.#failures += 1
    this.#drop()
    if (this.#isStopped) return
    this.#needs.moved(this.#needs.isOnline() ? 'reconnecting' : 'offline')
    this.#later('retry', delayBefore(this.#attempt++, this.#needs.random), () => this.#connect('reconnecting'))
  }

  /** @param {string} code */
  #refused(code) {
    this.stop()
    this.#needs.refused(code)
  }

  #drop() {
    Object.values(this.#timers).forEach(clearTimeout)
    const socket = this.#socket
    this.#socket = null
    this.#isWelcome = false
    socket?.close()
    this.#polling?.stop()
    this.#polling = null
  }

  /** @param {Frame} frame */
  #write(frame) {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(frame))
  }

  /** @param {string} name @param {number} delay @param {() => void} then */
  #later(name, delay, then) {
    clearTimeout(this.#timers[name])
    this.#timers[name] = setTimeout(then, delay)
  }

  async #poll() {
    const polling = this.#polling = new Polling(this.#needs, (answer) => this.#polled(answer))
    try {
      await polling.run()
      if (polling === this.#polling) this.#tryASocketAgain()
    } catch (cause) {
      if (polling === this.#polling) this.#pollFailed(/** @type {import('./api.js').ProblemError} */ (cause))
    }
  }

  /** @param {import('./polling.js').Answer} answer */
  #polled({ state, entries }) {
    this.#attempt = 0
    const isFirst = !this.#isWelcome
    if (isFirst) this.#welcomed()
    this.#needs.heard({ type: isFirst ? 'welcome' : 'state', state })
    for (const entry of entries) this.#needs.heard({ type: 'entry', entry })
  }

  #tryASocketAgain() {
    this.#drop()
    this.#failures = FAILURES_BEFORE_POLLING - 1
    this.#connect('online')
  }

  /** @param {import('./api.js').ProblemError} cause */
  #pollFailed(cause) {
    if (FINAL.has(cause.code)) return this.#refused(cause.code)
    // Neither works: the network is down rather than WebSockets blocked, so both are tried again.
    this.#failures = 0
    this.#isWelcome = true
    this.#lost()
  }
}

/** @param {string} data @returns {Frame|null} */
function frameOf(data) {
  try {
    const frame = JSON.parse(data)
    return typeof frame?.type === 'string' ? frame : null
  } catch {
    return null
  }
}
