// @ts-check
/** A secure field: what is typed here goes to the insurer and nowhere else, neither to a draft nor to this browser's storage. */

import { h, say } from './dom.js'
import { fr } from './fr.js'
import { icon } from './icons.js'

/** @typedef {import('./shapes.js').Entry} Entry */
/** @typedef {'live'|'filled'|'outdated'} FieldStatus */
/** @typedef {(name: string, value: string) => Promise<string>} Fill  gives why it is refused, in French, or nothing */

/** @type {Record<string, Record<string, string>>} how each kind is typed, and found by a phone or a password manager */
export const TYPED = {
  code: { type: 'text', inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: '12' },
  email: { type: 'email', inputmode: 'email', autocomplete: 'email', maxlength: '120' },
  phone: { type: 'tel', inputmode: 'tel', autocomplete: 'tel', maxlength: '30' },
  bank_details: { type: 'text', inputmode: 'text', autocomplete: 'off', autocapitalize: 'characters', maxlength: '60' }
}

/** Say whether *entry* asks for a secure field this version can draw. @param {Entry} entry */
export function asksField({ kind, body }) {
  return kind === 'card' && body?.card === 'field' && typeof body.data?.name === 'string' && Object.hasOwn(TYPED, body.data?.kind)
}

/**
 * Draw the field of *entry*; once filled, or when it is no longer asked for, only what became of it.
 * @param {Entry} entry
 * @param {FieldStatus|undefined} status
 * @param {Fill} fill
 */
export function fieldCard(entry, status, fill) {
  const body = /** @type {import('./shapes.js').Body} */ (entry.body)
  const { label, hint } = body.data
  const title = h('p', { class: 'card-title' }, icon('shield'), String(label))
  if (status !== 'live') {
    const fate = status === 'filled' ? fr.field.filled : fr.field.outdated
    return h('div', { class: 'card card-field is-over', 'data-status': status }, title, h('p', { class: 'card-note' }, fate))
  }
  return h('div', { class: 'card card-field', 'data-status': status }, hint && h('p', { class: 'field-hint' }, String(hint)), form(entry.number, body.data, fill))
}

/** @param {number} number @param {{name: string, label: string, kind: string}} data @param {Fill} fill */
function form(number, { name, label, kind }, fill) {
  const id = `field-${number}`
  const input = h('input', { id, class: 'field-input', required: true, spellcheck: 'false', 'aria-describedby': `${id}-why ${id}-safe`, ...TYPED[kind] })
  const button = h('button', { type: 'submit', class: 'button button-main' }, fr.field.send)
  const why = h('p', { id: `${id}-why`, class: 'field-error', role: 'alert' })
  /** @param {Event} event */
  const submitted = async (event) => {
    event.preventDefault()
    if (button.disabled) return
    say(why, '')
    if (!input.value.trim()) return refuse(input, why, fr.field.empty)
    button.disabled = true
    const refused = await fill(name, input.value)
    button.disabled = false
    if (refused) refuse(input, why, refused)
    else input.value = ''
  }
  return h('form', { class: 'field-form', novalidate: true, autocomplete: 'on', submit: (/** @type {Event} */ event) => void submitted(event) },
    h('label', { for: id }, label), h('div', { class: 'field-row' }, input, button), why,
    h('p', { id: `${id}-safe`, class: 'card-note' }, icon('shield'), fr.field.safe))
}

/** @param {HTMLInputElement} input @param {HTMLElement} why @param {string} words */
function refuse(input, why, words) {
  input.setAttribute('aria-invalid', 'true')
  say(why, words)
  input.focus()
  input.select()
}
