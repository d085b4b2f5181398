// @ts-check
/** The calls of docs/chat-api.md. Every answer is checked; every failure is a `Problem` with a French title. */

import { fr } from './fr.js'

/** @typedef {import('./shapes.js').Key} Key */

const TIMEOUT_MS = 15_000
const POLL_TIMEOUT_MS = 40_000

/** A refusal the gateway explained, or `network` when nothing came back. */
export class ProblemError extends Error {
  /** @param {{code?: string, title?: string, status?: number, retryAfter?: number}} problem */
  constructor({ code = 'internal', title = fr.problems.internal, status = 0, retryAfter = 0 }) {
    super(code)
    this.code = code
    this.title = title
    this.status = status
    this.retryAfter = retryAfter
  }
}

export class Api {
  #base
  #fetch
  /** @type {() => string} */ #authorization = () => ''

  /**
   * @param {string} base address of the API, ending with a slash
   * @param {typeof fetch} [fetcher]
   */
  constructor(base, fetcher = (...request) => fetch(...request)) {
    this.#base = base
    this.#fetch = fetcher
  }

  /** Say where the proof of each call comes from. @param {() => string} authorization */
  authorizedBy(authorization) { this.#authorization = authorization }

  /** The address of the WebSocket. */
  get socketUrl() { return this.#base.replace(/^http/, 'ws') + 'socket' }

  /** @returns {Promise<import('./shapes.js').Config>} */
  config() { return this.#json('GET', 'config', undefined, { authorization: '' }) }

  /** @param {string} token empty when nobody is signed in @param {string} key the same gives the same conversation */
  open(token, key) { return this.#json('POST', 'conversations', { key, ...(token ? { token } : {}) }, { authorization: '' }) }

  /** @param {string} token @returns {Promise<{conversations: import('./shapes.js').Listed[]}>} */
  list(token) { return this.#json('GET', 'conversations', undefined, { authorization: token }) }

  /** @param {string} id @param {number} since @param {{wait?: number, signal?: AbortSignal}} [options] */
  entries(id, since, { wait = 0, signal } = {}) {
    const query = `since=${since}${wait ? `&wait=${wait}` : ''}`
    return this.#json('GET', `conversations/${id}/entries?${query}`, undefined, { signal, timeout: wait ? POLL_TIMEOUT_MS : TIMEOUT_MS })
  }

  /** @param {string} id @param {object} body */
  post(id, body) { return this.#json('POST', `conversations/${id}/entries`, body) }

  /** Ask for `handoff`, `written`, `back` or `rating`. @param {string} id @param {string} act @param {object} body */
  act(id, act, body) { return this.#json('POST', `conversations/${id}/${act}`, body) }

  /** @param {string} id @param {string} name @param {string} value it is in no address, and nothing keeps it */
  field(id, name, value) { return this.#json('POST', `conversations/${id}/fields/${name}`, { value }) }

  /** @param {string} id @param {string} token */
  identity(id, token) { return this.#json('POST', `conversations/${id}/identity`, { token }) }

  /** @param {string} id @param {string} authorization what this page had to show before it forgot it */
  signOut(id, authorization) { return this.#json('DELETE', `conversations/${id}/identity`, undefined, { authorization }) }

  /** @param {string} id */
  erase(id) { return this.#json('DELETE', `conversations/${id}`) }

  /** @param {string} id @returns {Promise<Blob>} */
  async transcript(id) { return (await this.#call('GET', `conversations/${id}/transcript`)).blob() }

  /** @param {string} method @param {string} path @param {object} [body] @param {CallOptions} [options] @returns {Promise<any>} */
  async #json(method, path, body, options) {
    const answer = await this.#call(method, path, body, options)
    return answer.status === 204 ? null : answer.json().catch(() => { throw new ProblemError({}) })
  }

  /**
   * @typedef {{authorization?: string, signal?: AbortSignal, timeout?: number}} CallOptions
   * @param {string} method @param {string} path @param {object} [body] @param {CallOptions} [options]
   */
  async #call(method, path, body, { authorization = this.#authorization(), signal, timeout = TIMEOUT_MS } = {}) {
    const limit = AbortSignal.timeout(timeout)
    const request = {
      method,
      headers: headersOf(authorization, body),
      body: body && JSON.stringify(body),
      cache: /** @type {const} */ ('no-store'),
      credentials: /** @type {const} */ ('omit'),
      signal: signal && AbortSignal.any ? AbortSignal.any([signal, limit]) : signal ?? limit
    }
    const answer = await this.#fetch(this.#base + path, request).catch(() => {
      throw new ProblemError({ code: 'network', title: fr.problems.network })
    })
    if (!answer.ok) throw await problemOf(answer)
    return answer
  }
}

/** @param {string} authorization @param {object} [body] */
function headersOf(authorization, body) {
  return {
    ...(authorization ? { Authorization: `Bearer ${authorization}` } : {}),
    ...(body ? { 'Content-Type': 'application/json' } : {})
  }
}

/** @param {Response} answer */
async function problemOf(answer) {
  const said = await answer.json().catch(() => ({}))
  const retryAfter = Number(answer.headers.get('Retry-After')) || 0
  return new ProblemError({ code: said.code, title: said.title, status: answer.status, retryAfter })
}
