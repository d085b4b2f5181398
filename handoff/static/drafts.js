// @ts-check
// Nothing an advisor types is lost: drafts stay in this tab until what was sent is seen in the conversation.

import { advisor, byId, openId } from './page.js'

const prefix = `desk-draft:${advisor}:`

/** @param {HTMLInputElement | HTMLTextAreaElement} field */
const keyOf = (field) => `${prefix}${openId()}:${field.dataset.draft}`

/** @param {ParentNode} [within] @returns {(HTMLInputElement | HTMLTextAreaElement)[]} */
const fields = (within = document) => [...within.querySelectorAll('[data-draft]')].map((one) => /** @type {HTMLTextAreaElement} */ (one))

/** Put kept texts back into empty fields. @param {ParentNode} [within] */
export function restoreDrafts(within = document) {
  for (const field of fields(within)) {
    const kept = sessionStorage.getItem(keyOf(field))
    if (kept && !field.value) {
      field.value = kept
      const panel = field.closest('details')
      if (panel) panel.open = true
    }
  }
  showUnsent()
}

/** The floor was lost while a reply was being typed: the words stay in sight, to be copied. */
function showUnsent() {
  const key = `${prefix}${openId()}:reply`
  const kept = sessionStorage.getItem(key)
  const place = byId('composer')
  if (!kept || !place || byId('reply') || byId('unsent')) return
  const label = document.createElement('label')
  label.htmlFor = 'unsent'
  label.textContent = 'Votre texte n’a pas été envoyé. Il est gardé ici :'
  const text = document.createElement('textarea')
  Object.assign(text, { id: 'unsent', readOnly: true, rows: 3, value: kept })
  const forget = document.createElement('button')
  Object.assign(forget, { type: 'button', className: 'quiet', textContent: 'Effacer ce texte' })
  const box = document.createElement('div')
  box.className = 'unsent'
  forget.addEventListener('click', () => { sessionStorage.removeItem(key); box.remove() })
  box.append(label, text, forget)
  place.prepend(box)
}

/** Forget what a form has sent. @param {HTMLFormElement} form */
export function forgetDrafts(form) {
  for (const field of fields(form)) {
    sessionStorage.removeItem(keyOf(field))
    field.value = ''
  }
}

/** Forget every draft: the advisor signs out. */
export function forgetAllDrafts() {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith('desk-draft:')) sessionStorage.removeItem(key)
}

document.addEventListener('input', ({ target }) => {
  const field = /** @type {HTMLTextAreaElement} */ (target)
  if (!field.dataset?.draft) return
  if (field.value) sessionStorage.setItem(keyOf(field), field.value)
  else sessionStorage.removeItem(keyOf(field))
})
