// @ts-check
/**
 * What this browser keeps, and only once the member has opened the chat: the key of his conversation (this device),
 * what he is typing and has not sent (this tab). Where storage is refused, the page's memory does.
 */

/** @typedef {import('./shapes.js').Key} Key */
/** @typedef {import('./shapes.js').Pending} Pending */

export const OPEN_FLAG = 'insurer-chat'

export class Kept {
  #place
  #device
  #tab

  /**
   * @param {string} place tells several gateways on one site apart
   * @param {() => Storage} device @param {() => Storage} tab
   */
  constructor(place, device = () => localStorage, tab = () => sessionStorage) {
    this.#place = `insurer-chat:${place}`
    this.#device = new Shelf(device)
    this.#tab = new Shelf(tab)
  }

  /** @returns {Key|null} */
  get key() { return this.#device.read(this.#place) }
  set key(key) { this.#device.write(this.#place, key) }

  /** The key of an opening not answered yet: whoever of this browser's tabs asks again asks with it. @returns {string|null} */
  get openingKey() { return this.#device.read(`${this.#place}:opening`) }
  set openingKey(key) { this.#device.write(`${this.#place}:opening`, key) }

  /** The name under which other tabs see the key change. */
  get keyName() { return this.#place }

  /** The name under which other tabs are told that the member signs out. */
  get signedOutName() { return `${this.#place}:signed-out` }

  /** Tell the other tabs that the member signs out; nothing of it stays. */
  tellSignedOut() {
    this.#device.write(this.signedOutName, true)
    this.#device.write(this.signedOutName, null)
  }

  get draft() { return this.#tab.read(`${this.#place}:draft`) ?? '' }
  set draft(text) { this.#tab.write(`${this.#place}:draft`, text || null) }

  /** What was sent and not confirmed, with the conversation it belongs to. @param {string} id @returns {Pending[]} */
  pendingOf(id) {
    const kept = this.#tab.read(`${this.#place}:pending`)
    return kept?.id === id && Array.isArray(kept.pending) ? kept.pending : []
  }

  /** @param {string} id @param {Pending[]} pending */
  keepPending(id, pending) {
    this.#tab.write(`${this.#place}:pending`, pending.length ? { id, pending } : null)
  }

  /** @returns {'normal'|'large'|'larger'} */
  get textSize() { return this.#device.read(`${this.#place}:size`) ?? 'normal' }
  set textSize(size) { this.#device.write(`${this.#place}:size`, size === 'normal' ? null : size) }

  /** Whether the panel is open in this tab, so that it is open again on the next page. @param {boolean} isOpen */
  set isOpen(isOpen) { this.#tab.write(OPEN_FLAG, isOpen || null) }

  /** Leave nothing of a conversation behind. */
  forget() {
    this.key = null
    this.openingKey = null
    this.forgetTab()
  }

  /** Leave nothing of what was written in this tab. */
  forgetTab() {
    this.draft = ''
    this.keepPending('', [])
  }
}

/** One storage, or a map when the browser refuses it. */
class Shelf {
  /** @type {Map<string, any>} */ #memory = new Map()
  #storage

  /** @param {() => Storage} storage */
  constructor(storage) { this.#storage = storage }

  /** @param {string} name @returns {any} */
  read(name) {
    try {
      return JSON.parse(this.#storage().getItem(name) ?? 'null') ?? this.#memory.get(name) ?? null
    } catch {
      return this.#memory.get(name) ?? null
    }
  }

  /** @param {string} name @param {any} value null removes it */
  write(name, value) {
    this.#memory.delete(name)
    try {
      if (value === null) this.#storage().removeItem(name)
      else this.#storage().setItem(name, JSON.stringify(value))
    } catch {
      if (value !== null) this.#memory.set(name, value)
    }
  }
}
