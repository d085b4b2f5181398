// @ts-check
/** What waits for its acknowledgement: each message is delivered once on a live line, and given up after a while. */

const ACK_MS = 10_000

/** @typedef {import('./shapes.js').Pending} Pending */

export class Outbox {
  #send
  #expired
  /** @type {Map<string, ReturnType<typeof setTimeout>>} */ #waiting = new Map()

  /**
   * @param {(message: {client_id: string}) => void} send
   * @param {(clientId: string) => void} expired  no acknowledgement came: the member is told, nothing is lost
   */
  constructor(send, expired) {
    this.#send = send
    this.#expired = expired
  }

  /** Deliver what is being sent and not yet on its way. @param {Pending[]} pending */
  deliver(pending) {
    for (const one of pending) if (one.status === 'sending' && !this.#waiting.has(one.clientId)) this.#deliver(one)
  }

  /** Stop waiting for a message: it is stored, or refused. @param {string} clientId */
  settled(clientId) {
    clearTimeout(this.#waiting.get(clientId))
    this.#waiting.delete(clientId)
  }

  /** Forget every wait: the line broke, the messages will be delivered again on the next. */
  reset() {
    for (const clientId of [...this.#waiting.keys()]) this.settled(clientId)
  }

  /** @param {Pending} one */
  #deliver(one) {
    this.#waiting.set(one.clientId, setTimeout(() => {
      this.#waiting.delete(one.clientId)
      this.#expired(one.clientId)
    }, ACK_MS))
    this.#send(messageOf(one))
  }
}

/**
 * Give a message as the gateway takes it: words, or the button of an entry. What the button does is never sent.
 * @param {Pending} one
 */
export function messageOf({ clientId, text, entry, option }) {
  return option === undefined ? { client_id: clientId, text } : { client_id: clientId, entry, option }
}

/** A hundred and twenty random bits: unique in its conversation. */
export function newClientId() {
  const bytes = crypto.getRandomValues(new Uint8Array(15))
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_')
}
