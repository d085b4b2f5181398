// @ts-check
/** What those who wait for an advisor can do: a card at the end of the log, folded once they have chosen to wait. */

import { isWaiting } from './chat-state.js'
import { waitInWords } from './dates.js'
import { h, say, show } from './dom.js'
import { fr } from './fr.js'
import { icon } from './icons.js'

/**
 * Say where the member stands, in full for the card and in short for the bar: the place and an honest range.
 * @param {import('./shapes.js').Chat} chat
 */
export function standing(chat) {
  const { position, wait_s: wait } = chat.state?.queue ?? { position: 0, wait_s: null }
  const range = wait && waitInWords(wait)
  return {
    place: !position ? '' : position === 1 ? fr.waiting.first : fr.waiting.position(position),
    range: range ? fr.waiting.range(range) : fr.waiting.unknown,
    shortPlace: !position ? fr.header.waiting : position === 1 ? fr.bar.next : fr.bar.position(position),
    shortRange: range ? fr.bar.range(range) : fr.bar.unknown
  }
}

export class Waiting {
  /** @param {{fold: (isFolded: boolean) => void, write: () => void, back: () => void}} gestures */
  constructor({ fold, write, back }) {
    this.place = h('p', { class: 'waiting-place' })
    this.keep = h('button', { type: 'button', class: 'button button-main', click: () => fold(true) }, fr.waiting.keep)
    this.node = h('section', { class: 'waiting', 'aria-label': fr.waiting.title, hidden: true },
      h('p', { class: 'waiting-title' }, icon('clock'), fr.waiting.title), this.place,
      h('p', { class: 'waiting-hint' }, fr.waiting.keepWriting),
      h('div', { class: 'waiting-ways' },
        this.keep,
        h('button', { type: 'button', class: 'button', click: write }, fr.waiting.write),
        h('button', { type: 'button', class: 'button', click: back }, fr.waiting.back)))
  }

  /** @param {import('./shapes.js').Chat} chat */
  show(chat) {
    const { place, range } = standing(chat)
    show(this.node, isWaiting(chat) && !chat.isWaitingFolded)
    say(this.place, `${place} ${range}`.trim())
  }
}
