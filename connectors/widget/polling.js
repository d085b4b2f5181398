// @ts-check
/** The line where WebSockets are blocked: long polling to hear, ordinary requests to send. */

/** @typedef {{api: import('./api.js').Api, access: () => {id: string}, since: () => number, now: () => number}} Needs */
/** @typedef {{state: import('./shapes.js').ServerState, entries: any[]}} Answer */

const LASTS_MS = 3 * 60_000
const WAIT_S = 25
const PAGE = 200

export class Polling {
  #needs
  #heard
  #abort = new AbortController()

  /** @param {Needs} needs @param {(answer: Answer) => void} heard */
  constructor(needs, heard) {
    this.#needs = needs
    this.#heard = heard
  }

  /** Read what is there, then wait for more, for a while: a socket is then worth trying again. ProblemError. */
  async run() {
    const until = this.#needs.now() + LASTS_MS
    await this.#read(0)
    while (!this.#abort.signal.aborted && this.#needs.now() < until) await this.#read(WAIT_S)
  }

  /** Hear nothing more. */
  stop() { this.#abort.abort() }

  /** @param {number} wait seconds */
  async #read(wait) {
    const { api, access, since } = this.#needs
    const { signal } = this.#abort
    const answer = await api.entries(access().id, since(), { wait, signal })
    if (signal.aborted) return
    this.#heard(answer)
    if (answer.entries.length >= PAGE) await this.#read(0)
  }
}

/**
 * Send a message by an ordinary request; what becomes of it is told as the frame a socket would have told.
 * @param {Needs} needs @param {{client_id: string}} message @returns {Promise<import('./connection.js').Frame>}
 */
export async function posted({ api, access }, message) {
  try {
    const { entry } = await api.post(access().id, message)
    return { type: 'sent', client_id: message.client_id, number: entry.number }
  } catch (cause) {
    const { code, title } = /** @type {import('./api.js').ProblemError} */ (cause)
    return { type: 'problem', code: code === 'network' ? 'timeout' : code, title, client_id: message.client_id }
  }
}
