// @ts-check
/** What is heard on the line, told to the page: one gesture a frame of docs/chat-api.md. */

const TYPING_FADES_MS = 4_500

/** @typedef {import('./connection.js').Frame} Frame */
/**
 * @typedef {object} Needs
 * @property {import('./connection.js').Connection} line
 * @property {import('./sending.js').Sending} sending
 * @property {import('./identity.js').Identity} identity
 * @property {() => import('./shapes.js').Chat} chat
 * @property {(event: import('./chat-state.js').Event) => void} tell
 */

export class Hearing {
  #needs
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #fading
  /** @type {Record<string, (frame: any) => void>} */ #gestures

  /** @param {Needs} needs */
  constructor(needs) {
    const { sending, identity, tell } = this.#needs = needs
    this.#gestures = {
      welcome: ({ state }) => { tell({ type: 'welcome', state }); identity.welcomed() },
      entry: ({ entry }) => this.#entered(entry),
      sent: ({ client_id: clientId }) => { sending.settled(clientId); tell({ type: 'sent', clientId }) },
      state: ({ state }) => tell({ type: 'state', state }),
      typing: (frame) => this.#typing(frame),
      problem: (frame) => this.#problem(frame)
    }
  }

  /** A frame this version does not know changes nothing. @param {Frame} frame */
  hear(frame) {
    if (Object.hasOwn(this.#gestures, frame.type)) this.#gestures[frame.type](frame)
  }

  /** Nothing more is to come of what was heard. */
  stop() { clearTimeout(this.#fading) }

  /** @param {import('./shapes.js').Entry} entry */
  #entered(entry) {
    const { sending, line, chat, tell } = this.#needs
    if (entry.client_id) sending.settled(entry.client_id)
    const hadGap = chat().hasGap
    tell({ type: 'entry', entry })
    if (chat().hasGap && !hadGap) line.resync()
  }

  /** @param {Frame} frame */
  #typing({ who, name }) {
    const { tell } = this.#needs
    tell({ type: 'typing', who, name })
    clearTimeout(this.#fading)
    this.#fading = setTimeout(() => tell({ type: 'typing_faded' }), TYPING_FADES_MS)
  }

  /** @param {{code: string, title: string, client_id?: string}} problem */
  #problem({ code, title, client_id: clientId }) {
    const { sending, identity, tell } = this.#needs
    if (code === 'sign_in_needed') return void identity.refused(code)
    if (!clientId) return tell({ type: 'notice', notice: title })
    sending.settled(clientId)
    tell({ type: 'failed', clientId, code, title })
  }
}
