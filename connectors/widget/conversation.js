// @ts-check
/** The conversation of this page: beginning it, leaving it, and the parts that talk in it. It knows no element. */

import { Acts } from './acts.js'
import { ProblemError } from './api.js'
import { Connection } from './connection.js'
import { delayBefore } from './delay.js'
import { find } from './finding.js'
import { Hearing } from './hearing.js'
import { Identity } from './identity.js'
import { Proof } from './proof.js'
import { Sending } from './sending.js'

/** @typedef {import('./shapes.js').Chat} Chat */
/** @typedef {import('./shapes.js').Key} Key */
/**
 * @typedef {object} Needs
 * @property {import('./api.js').Api} api
 * @property {import('./kept.js').Kept} kept
 * @property {() => Chat} chat
 * @property {(event: import('./chat-state.js').Event) => void} tell
 */

export class Conversation {
  #api
  #kept
  #chat
  #tell
  #line
  #proof
  #identity
  #sending
  #hearing
  #isBeginning = false
  #isAwaited = false
  #wantsNew = false
  #tries = 0
  /** Grows each time the page leaves: what was being opened then is no longer wanted. */
  #visit = 0
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #retry

  /** @param {Needs} needs */
  constructor({ api, kept, chat, tell }) {
    this.#api = api
    this.#kept = kept
    this.#chat = chat
    this.#tell = tell
    const id = () => this.id
    const proof = this.#proof = new Proof(api, () => void this.#identity.prove())
    const line = this.#line = new Connection({
      api, WebSocket, random: Math.random, now: Date.now, isOnline: () => navigator.onLine,
      access: () => ({ id: this.id, authorization: proof.authorization }), since: () => chat().last,
      heard: (frame) => this.#hearing.hear(frame), moved: (moved) => this.#moved(moved), refused: (code) => void this.#identity.refused(code)
    })
    this.#identity = new Identity({ proof, line, id, chat, tell, startOver: () => { this.leave(); void this.begin() } })
    this.#sending = new Sending({ kept, line, id, chat, tell })
    this.#hearing = new Hearing({ line, sending: this.#sending, identity: this.#identity, chat, tell })
    this.acts = new Acts({ api, chat, tell, id, token: () => proof.token(), leave: () => this.leave() })
  }

  get id() { return this.#proof.key?.id ?? '' }
  get isBegun() { return this.#proof.key !== null }
  get isSignedIn() { return this.#proof.isSignedIn }

  // -- Beginning ----------------------------------------------------------------------------------------------------

  /** Come back to the conversation, or open one; tries until it can. */
  async begin() {
    if (this.isBegun) return
    this.#isAwaited = true
    if (this.#isBeginning) return
    this.#isBeginning = true
    clearTimeout(this.#retry)
    const visit = this.#visit
    await this.#find(() => visit === this.#visit)
    this.#isBeginning = false
    if (visit !== this.#visit && this.#isAwaited) void this.begin()
  }

  /** @param {() => boolean} isStill whether the page has not left meanwhile */
  async #find(isStill) {
    try {
      const { key, opened } = await find(this.#kept, this.#api, this.#proof, { isNew: this.#wantsNew, isStill })
      if (isStill()) this.#found(key, opened)
      else if (opened?.state.level) await this.#api.signOut(key.id, key.secret).catch(() => null)
    } catch (cause) {
      if (isStill()) this.#cannotBegin(/** @type {Error} */ (cause))
    }
  }

  /** @param {Key} key @param {import('./finding.js').Found['opened']} opened when it is new */
  #found(key, opened) {
    this.#tries = 0
    this.#wantsNew = false
    this.#join(key, opened)
  }

  /** @param {Key} key @param {import('./finding.js').Found['opened']} [opened] when it is new */
  #join(key, opened = null) {
    this.#isAwaited = false
    this.#proof.key = key
    this.#sending.restart()
    this.#tell(opened ? { type: 'started', ...opened } : { type: 'restored', pending: this.#kept.pendingOf(key.id) })
    this.#proof.isShown = (opened?.state.level ?? 0) > 0
    if (this.#proof.authorization) this.#line.start()
    else void this.#identity.refused('sign_in_needed')
  }

  /** @param {Error} cause */
  #cannotBegin(cause) {
    const { code, title, retryAfter } = cause instanceof ProblemError ? cause : new ProblemError({})
    this.#tell({ type: 'trouble', trouble: 'unreachable' })
    if (code !== 'network') this.#tell({ type: 'notice', notice: title })
    this.#retry = setTimeout(() => void this.begin(), Math.max(delayBefore(this.#tries++, Math.random), retryAfter * 1000))
  }

  // -- Leaving ------------------------------------------------------------------------------------------------------

  /** Leave this conversation where it is and open another. */
  async startNew() {
    this.#wantsNew = true
    this.leave()
    await this.begin()
  }

  /** Go on with another conversation of the signed-in member. @param {string} id */
  goTo(id) {
    this.leave()
    this.#kept.key = { id, secret: '' }
    this.#join({ id, secret: '' })
  }

  /** Leave nothing of the conversation in this browser; the gateway keeps it. */
  leave() {
    this.#kept.forget()
    this.#drop()
  }

  /** Another tab left, or opened another conversation: this page follows. */
  follow() {
    const key = this.#kept.key
    if (!this.isBegun || key?.id === this.id) return
    this.#drop()
    if (key) this.#join(key)
  }

  #drop() {
    this.#visit += 1
    this.#isAwaited = false
    clearTimeout(this.#retry)
    this.#proof.key = null
    this.#line.stop()
    this.#hearing.stop()
    this.#sending.reset()
    this.#tell({ type: 'forgotten' })
  }

  /** @param {() => Promise<string>|string} getToken */
  signIn(getToken) { return this.#identity.signIn(getToken) }

  /** Drop the token, the level and the content of this browser's pages; on a shared device nothing is left to find. */
  async signOut() {
    const key = this.#proof.key ?? this.#kept.key
    const proof = this.#proof.authorization || key?.secret
    this.forgetMember()
    this.#kept.forget()
    this.#kept.tellSignedOut()
    if (key && proof) await this.#api.signOut(key.id, proof).catch(() => null)
  }

  /** The member has signed out, here or in another tab: this page must not sign him in again by itself. */
  forgetMember() {
    this.#proof.signOut()
    this.#kept.forgetTab()
    this.#drop()
  }

  // -- The line -----------------------------------------------------------------------------------------------------

  /** The page woke up: look at once whether the line is alive. */
  check() {
    if (this.isBegun) this.#line.check()
  }

  /** The network changed: the old line is worth nothing. */
  reconnect() {
    if (!this.isBegun && this.#tries) void this.begin()
    else if (this.isBegun && !this.#chat().trouble) this.#line.start()
  }

  /** @param {import('./shapes.js').Line} line */
  #moved(line) {
    if (line !== 'online') this.#sending.reset()
    this.#tell({ type: 'line', line })
  }

  // -- What the member does -----------------------------------------------------------------------------------------

  /** Send words; where the conversation is gone or erased, they begin another. @param {string} text */
  send(text) {
    if (['gone', 'erased'].includes(this.#chat().trouble ?? '')) {
      this.#wantsNew = true
      this.leave()
    }
    this.#sending.say(text)
    if (!this.isBegun) void this.begin()
  }

  /** @param {number} entry @param {import('./shapes.js').Button} button */
  choose(entry, button) { this.#sending.choose(entry, button) }

  /** Called after each change. @param {Chat} before @param {Chat} chat */
  changed(before, chat) {
    if (!this.isBegun) return
    this.#sending.changed(before, chat)
    this.#identity.changed(before, chat)
  }

  typing() { this.#sending.typing() }

  seen() { this.#sending.seen() }
}
