// @ts-check
// Forms sent without leaving the page. Without script they are ordinary forms; the server answers the same pages.

import { forgetAllDrafts, forgetDrafts, restoreDrafts } from './drafts.js'
import { announce, byId, openConversation, parse } from './page.js'
import { loadMemberFile } from './member.js'

/** @param {HTMLFormElement} form @param {string} text */
function showProblem(form, text) {
  form.querySelector('.problem')?.remove()
  const line = document.createElement('p')
  line.className = 'problem'
  line.setAttribute('role', 'alert')
  line.textContent = text
  form.prepend(line)
}

/** Show the page the server answered, in place. @param {Document} page @param {string} url */
function show(page, url) {
  const samePlace = byId('conversation-body', page)?.dataset.conversation === openConversation()?.dataset.conversation
  document.title = page.title
  history[samePlace ? 'replaceState' : 'pushState'](null, '', url)
  document.body.className = page.body.className
  document.querySelector('.top')?.replaceWith(document.adoptNode(page.querySelector('.top') ?? document.createElement('header')))
  document.querySelector('.shell')?.replaceWith(document.adoptNode(page.querySelector('.shell') ?? page.querySelector('main') ?? document.createElement('main')))
  restoreDrafts()
  loadMemberFile()
  const done = document.querySelector('.done, [role="alert"]')
  if (done?.textContent) announce(done.textContent.trim())
  if (byId('reply')) byId('reply')?.focus()
  else byId('main')?.focus()
}

/** @param {HTMLFormElement} form @param {HTMLElement | null} button */
async function send(form, button) {
  const sent = new FormData(form, button)
  const body = new URLSearchParams()
  for (const [name, value] of sent) body.append(name, String(value))
  const buttons = [...form.querySelectorAll('button')]
  for (const one of buttons) one.disabled = true
  try {
    const response = await fetch(form.action, { method: 'POST', body })
    const page = parse(await response.text())
    if (response.ok && new URL(response.url).pathname.endsWith('/sign-in')) throw new Error('signed out')
    if (response.status === 401) return showProblem(form, 'Votre session a pris fin. Votre texte est gardé : reconnectez-vous dans un autre onglet, puis renvoyez.')
    if (response.status >= 500 && !byId('main', page)) throw new Error('server')
    if (response.ok) forgetDrafts(form)
    if (response.ok || [403, 404, 409].includes(response.status)) return show(page, response.ok ? response.url : location.href)
    showProblem(form, page.querySelector('h1')?.textContent ?? 'Votre demande a été refusée.')
  } catch {
    showProblem(form, 'L’envoi n’a pas abouti. Votre texte est gardé : vérifiez la connexion, puis réessayez.')
  } finally {
    for (const one of buttons) one.disabled = false
  }
}

document.addEventListener('submit', (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target)
  if (form.dataset.signOut !== undefined) forgetAllDrafts()
  if (form.dataset.live === undefined) return
  event.preventDefault()
  send(form, /** @type {HTMLElement | null} */ (event.submitter))
})

