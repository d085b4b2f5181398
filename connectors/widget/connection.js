// @ts-check
/**
 * The line to the gateway: a WebSocket that comes back by itself and resumes from the last number, long polling where
 * WebSockets are blocked. Whatever the transport, what arrives is the frames of docs/chat-api.md.
 */

import { ProblemError } from './api.js'

const HELLO_MS = 10_000
const HEARTBEAT_MS = 25_000
const SILENCE_MS = 8_000
const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 20_000
const FAILURES_BEFORE_POLLING = 2
const POLLING_MS = 3 * 60_000
const POLL_WAIT_S = 25
const PAGE = 200
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

/**
 * Give the delay before try *attempt* (0, 1…): doubling, capped, and spread so that a thousand pages do not come back
 * in the same second.
 * @param {number} attempt
 * @param {() => number} random
 */
export function delayBefore(attempt, random) {
  const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt)
  return longest * (0.5 + random() / 2)
}

export class Connection {
  #needs
  /** @type {WebSocket|null} */ #socket = null
  /** @type {AbortController|null} */ #polling = null
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
    if (this.#polling) this.#post(message)
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
    this.#polling?.abort()
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
    const polling = this.#polling = new AbortController()
    const until = this.#needs.now() + POLLING_MS
    try {
      await this.#read(polling, 0)
      while (polling === this.#polling && this.#needs.now() < until) await this.#read(polling, POLL_WAIT_S)
      if (polling === this.#polling) this.#tryASocketAgain()
    } catch (cause) {
      if (polling === this.#polling) this.#pollFailed(/** @type {ProblemError} */ (cause))
    }
  }

  /** @param {AbortController} polling @param {number} wait */
  async #read(polling, wait) {
    const { state, entries } = await this.#needs.api.entries(this.#needs.access().id, this.#needs.since(), { wait, signal: polling.signal })
    if (polling !== this.#polling) return
    this.#attempt = 0
    const isFirst = !this.#isWelcome
    if (isFirst) this.#welcomed()
    this.#needs.heard({ type: isFirst ? 'welcome' : 'state', state })
    for (const entry of entries) this.#needs.heard({ type: 'entry', entry })
    if (entries.length >= PAGE) await this.#read(polling, 0)
  }

  #tryASocketAgain() {
    this.#drop()
    this.#failures = FAILURES_BEFORE_POLLING - 1
    this.#connect('online')
  }

  /** @param {ProblemError} cause */
  #pollFailed(cause) {
    if (FINAL.has(cause.code)) return this.#refused(cause.code)
    // Neither works: the network is down rather than WebSockets blocked, so both are tried again.
    this.#failures = 0
    this.#isWelcome = true
    this.#lost()
  }

  /** @param {{client_id: string}} message */
  async #post(message) {
    try {
      const { entry } = await this.#needs.api.post(this.#needs.access().id, message)
      this.#needs.heard({ type: 'sent', client_id: message.client_id, number: entry.number })
    } catch (cause) {
      const { code, title } = /** @type {ProblemError} */ (cause)
      this.#needs.heard({ type: 'problem', code: code === 'network' ? 'timeout' : code, title, client_id: message.client_id })
    }
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
