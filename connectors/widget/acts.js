// @ts-check
/** What a member asks of the conversation itself: a person, a written answer, its copy, its erasure, his opinion. */

import { ProblemError } from './api.js'
import { fr } from './fr.js'
import { newClientId } from './outbox.js'

/**
 * @typedef {object} Needs
 * @property {import('./api.js').Api} api
 * @property {() => import('./shapes.js').Chat} chat
 * @property {(event: import('./chat-state.js').Event) => void} tell
 * @property {() => string} id of the conversation; empty while there is none
 * @property {() => Promise<string>} token of the signed-in member
 * @property {() => void} leave
 */

export class Acts {
  #needs

  /** @param {Needs} needs */
  constructor(needs) { this.#needs = needs }

  /** Ask for `handoff`, `written` or `back`; a second press while the first is answered does nothing. @param {string} act */
  async ask(act) {
    const { api, chat, tell, id } = this.#needs
    if (chat().busy.includes(act)) return
    tell({ type: 'busy', act })
    await this.#try(async () => tell({ type: 'state', ...await api.act(id(), act, { client_id: newClientId() }) }))
    tell({ type: 'free', act })
  }

  /** @param {number} score @param {string} comment */
  rate(score, comment) {
    const { api, tell, id } = this.#needs
    return this.#try(async () => {
      await api.act(id(), 'rating', { client_id: newClientId(), score, ...(comment ? { comment } : {}) })
      tell({ type: 'rated' })
      tell({ type: 'notice', notice: fr.rating.thanks })
    })
  }

  /** Hand over the value of a secure field. @param {string} name @param {string} value @returns {Promise<string>} why it is refused, or nothing */
  async fill(name, value) {
    try {
      await this.#needs.api.field(this.#needs.id(), name, value)
      return ''
    } catch (cause) {
      return cause instanceof ProblemError ? cause.title : fr.problems.internal
    }
  }

  /** Erase the contents, here and at the insurer's; the proof stays there. */
  erase() {
    const { api, tell, id, leave } = this.#needs
    return this.#try(async () => {
      await api.erase(id())
      leave()
      tell({ type: 'trouble', trouble: 'erased' })
    })
  }

  /** @returns {Promise<Blob|null>} the conversation as a page to keep */
  transcript() { return this.#try(() => this.#needs.api.transcript(this.#needs.id())) }

  /** @returns {Promise<import('./shapes.js').Listed[]|null>} the signed-in member's conversations, the open one included */
  list() { return this.#try(async () => (await this.#needs.api.list(await this.#needs.token())).conversations) }

  /** @template T @param {() => Promise<T>} call @returns {Promise<T|null>} null when it failed: the member was told why */
  async #try(call) {
    try {
      if (!this.#needs.id()) throw new ProblemError({ title: fr.problems.network })
      return await call()
    } catch (cause) {
      this.#needs.tell({ type: 'notice', notice: cause instanceof ProblemError ? cause.title : fr.problems.internal })
      return null
    }
  }
}
