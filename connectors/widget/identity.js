// @ts-check
/** Who is there: the member's token is shown to the gateway, and what becomes of the page when it is refused or ends. */

import { ProblemError } from './api.js'
import { fr } from './fr.js'

/** @typedef {import('./shapes.js').Chat} Chat */
/**
 * @typedef {object} Needs
 * @property {import('./proof.js').Proof} proof
 * @property {import('./connection.js').Connection} line
 * @property {() => string} id of the conversation; empty while there is none
 * @property {() => Chat} chat
 * @property {(event: import('./chat-state.js').Event) => void} tell
 * @property {() => void} startOver the conversation is somebody else's: leave it and begin another
 */

export class Identity {
  #needs

  /** @param {Needs} needs */
  constructor(needs) { this.#needs = needs }

  /** @param {() => Promise<string>|string} getToken */
  async signIn(getToken) {
    const { proof, id, chat, tell } = this.#needs
    proof.signIn(getToken)
    tell({ type: 'notice', notice: null })
    if (chat().trouble === 'sign_in_needed') await this.refused('sign_in_needed')
    else if (id()) await this.prove()
  }

  /** The line is open: a token not shown yet is shown. */
  welcomed() {
    const { proof } = this.#needs
    if (proof.isSignedIn && !proof.isShown) void this.prove()
  }

  /** Attach the conversation to the member, or renew his level; the conversation itself never moves. */
  async prove() {
    const { proof, line, tell } = this.#needs
    try {
      const state = await proof.show()
      if (state) tell({ type: 'state', state })
      // A socket opened with the token goes on with the new one.
      line.signal({ type: 'identity', token: await proof.token() })
    } catch (cause) {
      this.#notProven(/** @type {Error} */ (cause))
    }
  }

  /** The gateway does not open the conversation: a fresh token may. @param {string} code */
  async refused(code) {
    const { proof, line, id, tell } = this.#needs
    const isAboutProof = code === 'sign_in_needed' || code === 'forbidden'
    const refusedId = id()
    if (isAboutProof && await proof.renewAfterRefusal() && refusedId === id()) return line.start()
    if (refusedId !== id()) return
    line.stop()
    tell({ type: 'trouble', trouble: code === 'sign_in_needed' ? code : 'gone' })
  }

  /** @param {Chat} before @param {Chat} chat */
  changed(before, chat) {
    if ((before.state?.level ?? 0) > 0 && chat.state?.level === 0) void this.#levelLost()
  }

  /** @param {Error} cause */
  #notProven(cause) {
    if (cause instanceof ProblemError && cause.code === 'other_member') return this.#needs.startOver()
    this.#needs.tell({ type: 'notice', notice: cause instanceof ProblemError ? cause.title : fr.problems.signInFailed })
  }

  async #levelLost() {
    if (!await this.#needs.proof.renewAfterRefusal()) this.#needs.tell({ type: 'notice', notice: fr.problems.sessionEnded })
  }
}
