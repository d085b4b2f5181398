// @ts-check
/**
 * What this page shows to be let in: the secret of its conversation, and the member's token once he has signed in.
 * A conversation that has belonged to a member opens with a fresh token of his only (docs/chat-api.md).
 */

import { MemberToken } from './member-token.js'

/** @typedef {import('./shapes.js').Key} Key */

export class Proof {
  #api
  #renewed
  /** @type {Key|null} */ #key = null
  /** @type {MemberToken|null} */ #token = null
  #isByToken = false
  #tried = ''

  /** @param {import('./api.js').Api} api @param {() => void} renewed the page gave a newer token */
  constructor(api, renewed) {
    this.#api = api
    this.#renewed = renewed
    api.authorizedBy(() => this.authorization)
  }

  get key() { return this.#key }
  set key(key) {
    this.#key = key
    this.#isByToken = key !== null && !key.secret
    this.#tried = ''
    this.isShown = false
  }

  /** Whether the gateway has taken this member's token for this conversation. */
  isShown = false

  get isSignedIn() { return this.#token !== null }

  /** What every call carries; empty when there is nothing to show yet. */
  get authorization() {
    return (this.#isByToken ? this.#token?.value : this.#key?.secret) ?? ''
  }

  /** @param {() => Promise<string>|string} getToken */
  signIn(getToken) {
    this.#token?.stop()
    this.#token = new MemberToken(getToken, this.#renewed)
    this.isShown = false
    this.#tried = ''
  }

  /** Forget the member. */
  signOut() {
    this.#token?.stop()
    this.#token = null
    this.isShown = false
  }

  /** A valid token, or an empty text when nobody is signed in or the page has none. */
  async token() { return await this.#token?.fresh().catch(() => '') ?? '' }

  /**
   * Show the token: the conversation becomes the member's, or his level is renewed.
   * @returns {Promise<import('./shapes.js').ServerState|null>} null without a token; ProblemError when it is refused
   */
  async show() {
    const token = await this.token()
    if (!token || !this.#key) return null
    const { state } = await this.#api.identity(this.#key.id, token)
    this.isShown = true
    return state
  }

  /**
   * Do what can be done after a refusal.
   * @returns {Promise<boolean>} whether it is worth knocking again: never twice with the same token
   */
  async renewAfterRefusal() {
    const token = await this.token()
    if (!token || token === this.#tried) return false
    this.#tried = token
    return this.#isByToken || await this.show().then(() => true, () => false)
  }
}
