// @ts-check
// The desk by keyboard. Single letters work only when nothing is being typed.

import { byId, fetchPiece } from './page.js'

const rows = () => [...document.querySelectorAll('.queues .row')].map((row) => /** @type {HTMLElement} */ (row))

/** @param {number} step */
function move(step) {
  const all = rows()
  const at = all.findIndex((row) => row === document.activeElement)
  const start = at >= 0 ? at : all.findIndex((row) => row.hasAttribute('aria-current'))
  all[Math.max(0, Math.min(all.length - 1, start + step))]?.focus()
}

/** Open a panel and put the cursor into it. @param {string} id */
function openPanel(id) {
  const panel = /** @type {HTMLDetailsElement | null} */ (byId(id))
  if (!panel) return
  panel.open = true
  const field = /** @type {HTMLElement | null} */ (panel.querySelector('textarea, input:not([type=hidden]), select'))
  field?.focus()
}

/** Show the help over the page, so that the place is not lost. */
async function showHelp() {
  const piece = await fetchPiece('help')
  const content = piece && byId('help-content', piece.document)
  if (!content || document.querySelector('dialog[open]')) return
  const box = document.createElement('dialog')
  box.className = 'help-box'
  box.setAttribute('aria-label', 'Aide')
  const close = document.createElement('button')
  close.textContent = 'Fermer'
  const form = document.createElement('form')
  form.method = 'dialog'
  form.append(close)
  box.append(form, document.adoptNode(content))
  box.addEventListener('close', () => box.remove())
  document.body.append(box)
  box.showModal()
}

document.addEventListener('click', (event) => {
  if (!(/** @type {Element} */ (event.target)).closest?.('[data-key-help]')) return
  event.preventDefault()
  showHelp()
})

/** @type {Record<string, () => void>} */
const keys = {
  j: () => move(1),
  k: () => move(-1),
  t: () => (byId('take') ?? byId('take-next'))?.click(),
  r: () => byId('reply')?.focus(),
  n: () => openPanel('act-note'),
  '?': () => { showHelp() },
}

/** @param {EventTarget | null} target */
const isTyping = (target) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

document.addEventListener('keydown', (event) => {
  const target = /** @type {HTMLElement} */ (event.target)
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && target.tagName === 'TEXTAREA') {
    event.preventDefault()
    target.closest('form')?.requestSubmit(target.closest('form')?.querySelector('button.primary'))
    return
  }
  if (event.key === 'Escape') {
    const panel = /** @type {HTMLDetailsElement | null} */ (target.closest?.('details[open]'))
    if (panel) { panel.open = false; panel.querySelector('summary')?.focus() } else if (isTyping(target)) target.blur()
    return
  }
  if (isTyping(target) || document.querySelector('dialog[open]') || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return
  event.preventDefault()
  keys[event.key]()
})
