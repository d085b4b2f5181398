// @ts-check
/** Two questions once an advisor has finished, optional: did it help, and what could be better. */

import { h, show } from './dom.js'
import { fr } from './fr.js'

export class Rating {
  /** @param {(score: number, comment: string) => void} rate */
  constructor(rate) {
    this.comment = h('textarea', { id: 'rating-comment', rows: 2, maxlength: 1000 })
    const scores = Object.entries(fr.rating.scores).map(([score, words]) =>
      h('label', { class: 'score' }, h('input', { type: 'radio', name: 'score', value: score, required: true }), h('span', {}, words)))
    this.form = h('form', { class: 'rating', hidden: true, 'aria-label': fr.rating.title, submit: (/** @type {Event} */ event) => {
      event.preventDefault()
      rate(Number(new FormData(this.form).get('score')), this.comment.value.trim())
    } },
      h('p', { class: 'rating-title' }, fr.rating.title),
      h('fieldset', {}, h('legend', {}, fr.rating.question), h('div', { class: 'scores' }, scores)),
      h('label', { for: 'rating-comment' }, fr.rating.comment), this.comment,
      h('button', { type: 'submit', class: 'button button-main' }, fr.rating.send))
    this.node = this.form
  }

  /** @param {import('./shapes.js').Chat} chat */
  show(chat) {
    const isOver = chat.state?.is_closed === true && chat.entries.some(({ kind }) => kind === 'closed')
    show(this.node, isOver && !chat.isRated)
  }
}
