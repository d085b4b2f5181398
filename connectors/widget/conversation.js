// @ts-check
/** The conversation of this page: beginning it, what is heard, what is sent. It knows no element. */

import { Acts } from './acts.js'
import { ProblemError } from './api.js'
import { Connection, delayBefore } from './connection.js'
import { find } from './finding.js'
import { fr } from './fr.js'
import { Outbox, newClientId } from './outbox.js'
import { Proof } from './proof.js'

const TYPING_FADES_MS = 4_500
const TYPING_EVERY_MS = 2_000

/** @typedef {import('./shapes.js').Chat} Chat */
/** @typedef {import('./shapes.js').Key} Key */
/** @typedef {import('./connection.js').Frame} Frame */
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
  #outbox
  #proof
  #isBeginning = false
  #wantsNew = false
  #tries = 0
  #typedAt = 0
  #seen = 0
  /** @type {Record<string, ReturnType<typeof setTimeout>>} */ #timers = {}

  /** @param {Needs} needs */
  constructor({ api, kept, chat, tell }) {
    this.#api = api
    this.#kept = kept
    this.#chat = chat
    this.#tell = tell
    this.#proof = new Proof(api, () => void this.#prove())
    this.#line = new Connection({
      api, WebSocket, random: Math.random, now: Date.now, isOnline: () => navigator.onLine,
      access: () => ({ id: this.id, authorization: this.#proof.authorization }), since: () => this.#chat().last,
      heard: (frame) => this.#heard(frame), moved: (line) => this.#moved(line), refused: (code) => void this.#refused(code)
    })
    this.acts = new Acts({ api, chat, tell, id: () => this.id, token: () => this.#proof.token(), leave: () => this.leave() })
    this.#outbox = new Outbox((message) => this.#line.send(message), (clientId) => this.#expired(clientId))
  }

  get id() { return this.#proof.key?.id ?? '' }
  get isBegun() { return this.#proof.key !== null }
  get isSignedIn() { return this.#proof.isSignedIn }

  // -- Beginning and leaving ----------------------------------------------------------------------------------------

  /** Come back to the conversation, or open one; tries until it can. */
  async begin() {
    if (this.isBegun || this.#isBeginning) return
    this.#isBeginning = true
    clearTimeout(this.#timers.begin)
    try {
      const { key, opened } = await find(this.#kept, this.#api, this.#proof, { isNew: this.#wantsNew })
      this.#tries = 0
      this.#wantsNew = false
      this.#join(key, opened)
    } catch (cause) {
      this.#cannotBegin(/** @type {Error} */ (cause))
    } finally {
      this.#isBeginning = false
    }
  }

  /** @param {Key} key @param {{state: import('./shapes.js').ServerState, entries: any[]}|null} [opened] when it is new */
  #join(key, opened = null) {
    this.#proof.key = key
    this.#seen = 0
    this.#tell(opened ? { type: 'started', ...opened } : { type: 'restored', pending: this.#kept.pendingOf(key.id) })
    this.#proof.isShown = (opened?.state.level ?? 0) > 0
    if (this.#proof.authorization) this.#line.start()
    else void this.#refused('sign_in_needed')
  }

  /** @param {Error} cause */
  #cannotBegin(cause) {
    const { code, title, retryAfter } = cause instanceof ProblemError ? cause : new ProblemError({})
    this.#tell({ type: 'trouble', trouble: 'unreachable' })
    if (code !== 'network') this.#tell({ type: 'notice', notice: title })
    this.#timers.begin = setTimeout(() => void this.begin(), Math.max(delayBefore(this.#tries++, Math.random), retryAfter * 1000))
  }

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

  /** Another tab signed out, or opened another conversation: this page follows. */
  follow() {
    const key = this.#kept.key
    if (!this.isBegun || key?.id === this.id) return
    this.#drop()
    if (key) this.#join(key)
  }

  #drop() {
    Object.values(this.#timers).forEach(clearTimeout)
    this.#proof.key = null
    this.#line.stop()
    this.#outbox.reset()
    this.#tell({ type: 'forgotten' })
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
    if (line !== 'online') this.#outbox.reset()
    this.#tell({ type: 'line', line })
  }

  /** @param {Frame} frame */
  #heard(frame) {
    const hear = /** @type {Record<string, () => void>} */ ({
      welcome: () => this.#welcomed(frame),
      entry: () => this.#entered(frame.entry),
      sent: () => { this.#outbox.settled(frame.client_id); this.#tell({ type: 'sent', clientId: frame.client_id }) },
      state: () => this.#tell({ type: 'state', state: frame.state }),
      typing: () => this.#typing(frame),
      problem: () => this.#problem(/** @type {any} */ (frame))
    })
    if (Object.hasOwn(hear, frame.type)) hear[frame.type]()
  }

  /** @param {Frame} frame */
  #welcomed({ state }) {
    this.#tell({ type: 'welcome', state })
    if (this.isSignedIn && !this.#proof.isShown) void this.#prove()
  }

  /** @param {import('./shapes.js').Entry} entry */
  #entered(entry) {
    if (entry.client_id) this.#outbox.settled(entry.client_id)
    const hadGap = this.#chat().hasGap
    this.#tell({ type: 'entry', entry })
    if (this.#chat().hasGap && !hadGap) this.#line.resync()
  }

  /** @param {Frame} frame */
  #typing({ who, name }) {
    this.#tell({ type: 'typing', who, name })
    clearTimeout(this.#timers.typing)
    this.#timers.typing = setTimeout(() => this.#tell({ type: 'typing_faded' }), TYPING_FADES_MS)
  }

  /** @param {{code: string, title: string, client_id?: string}} problem */
  #problem({ code, title, client_id: clientId }) {
    if (code === 'sign_in_needed') return void this.#refused(code)
    if (!clientId) return this.#tell({ type: 'notice', notice: title })
    this.#outbox.settled(clientId)
    this.#tell({ type: 'failed', clientId, code, title })
  }

  /** @param {string} code */
  async #refused(code) {
    const isAboutProof = code === 'sign_in_needed' || code === 'forbidden'
    const { id } = this
    if (isAboutProof && await this.#proof.renewAfterRefusal() && id === this.id) return this.#line.start()
    this.#line.stop()
    this.#tell({ type: 'trouble', trouble: code === 'sign_in_needed' ? code : 'gone' })
  }

  // -- What the member does -----------------------------------------------------------------------------------------

  /** Send words; where the conversation is gone or erased, they begin another. @param {string} text */
  send(text) {
    if (['gone', 'erased'].includes(this.#chat().trouble ?? '')) {
      this.#wantsNew = true
      this.leave()
    }
    this.#queue({ text })
    if (!this.isBegun) void this.begin()
  }

  /** Give an answer once: a double press comes before the button is drawn disabled. @param {number} entry @param {import('./shapes.js').Button} button */
  choose(entry, { id, title }) {
    const isGiven = this.#chat().pending.some((one) => one.entry === entry && one.status !== 'failed')
    if (!isGiven) this.#queue({ text: title, entry, option: id })
  }

  /** @param {{text: string, entry?: number, option?: string}} message */
  #queue(message) {
    const at = new Date().toISOString()
    this.#tell({ type: 'queued', pending: { ...message, clientId: newClientId(), at, status: 'sending' } })
  }

  /** Send what waits, and keep it until it is confirmed: called after each change. @param {Chat} before @param {Chat} chat */
  changed(before, chat) {
    if (!this.isBegun) return
    if (chat.pending !== before.pending) this.#kept.keepPending(this.id, chat.pending)
    if (chat.line === 'online') this.#outbox.deliver(chat.pending)
    if ((before.state?.level ?? 0) > 0 && chat.state?.level === 0) void this.#levelLost()
  }

  /** Tell that the member is typing, now and then. */
  typing() {
    if (Date.now() - this.#typedAt < TYPING_EVERY_MS) return
    this.#typedAt = Date.now()
    this.#line.signal({ type: 'typing' })
  }

  /** Tell how far the member has read. */
  seen() {
    const { last, line } = this.#chat()
    if (last <= this.#seen || line !== 'online') return
    this.#seen = last
    this.#line.signal({ type: 'seen', number: last })
  }

  /** @param {string} clientId */
  #expired(clientId) {
    this.#tell({ type: 'failed', clientId, code: 'timeout', title: '' })
    this.#line.check()
  }

  // -- Identity -----------------------------------------------------------------------------------------------------

  /** @param {() => Promise<string>|string} getToken */
  async signIn(getToken) {
    this.#proof.signIn(getToken)
    this.#tell({ type: 'notice', notice: null })
    if (this.#chat().trouble === 'sign_in_needed') await this.#refused('sign_in_needed')
    else if (this.isBegun) await this.#prove()
  }

  /** Attach the conversation to the member, or renew his level; the conversation itself never moves. */
  async #prove() {
    try {
      const state = await this.#proof.show()
      if (state) this.#tell({ type: 'state', state })
      // A socket opened with the token goes on with the new one.
      this.#line.signal({ type: 'identity', token: await this.#proof.token() })
    } catch (cause) {
      this.#notProven(/** @type {Error} */ (cause))
    }
  }

  /** @param {Error} cause */
  #notProven(cause) {
    if (cause instanceof ProblemError && cause.code === 'other_member') {
      this.leave()
      return void this.begin()
    }
    this.#tell({ type: 'notice', notice: cause instanceof ProblemError ? cause.title : fr.problems.signInFailed })
  }

  async #levelLost() {
    if (await this.#proof.renewAfterRefusal()) return
    this.#tell({ type: 'notice', notice: fr.problems.sessionEnded })
  }

  /** Drop the token, the level and the content of this page; on a shared device nothing is left to find. */
  async signOut() {
    const key = this.#proof.key ?? this.#kept.key
    const proof = this.#proof.authorization || key?.secret
    this.#proof.signOut()
    this.leave()
    if (key && proof) await this.#api.signOut(key.id, proof).catch(() => null)
  }
}
