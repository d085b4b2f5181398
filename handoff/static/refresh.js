// @ts-check
// Bringing the page up to date, piece by piece, without touching what is being typed.

import { restoreDrafts } from './drafts.js'
import { loadMemberFile } from './member.js'
import { announce, byId, fetchPiece, openConversation, openId, swap } from './page.js'

const PAUSE_MS = 400

const plainTitle = () => document.title.replace(/^\(\d+\) /, '')
const waitingIds = () => new Set([...document.querySelectorAll('[data-waiting]')].map((row) => /** @type {HTMLElement} */ (row).dataset.waiting))

/** @type {Map<string, {running: boolean, again: boolean}>} */
const running = new Map()

/** Run *work* alone under a name; calls made meanwhile become one more run. @param {string} name @param {() => Promise<void>} work */
async function once(name, work) {
  const state = running.get(name) ?? { running: false, again: false }
  running.set(name, state)
  if (state.running) { state.again = true; return }
  state.running = true
  do {
    state.again = false
    await work()
    if (state.again) await new Promise((resume) => { setTimeout(resume, PAUSE_MS) }) // a busy moment is shown in steps
  } while (state.again)
  state.running = false
}

/** Show how many calls wait in the title. */
export function countInTitle() {
  const calls = Number(byId('queues-content')?.dataset.calls ?? 0)
  document.title = calls ? `(${calls}) ${plainTitle()}` : plainTitle()
}

/** Refresh the left pane; a conversation that was not there before is announced. */
export const refreshQueues = () => once('queues', async () => {
  const shown = new URLSearchParams(location.search).get('queue') ?? ''
  const query = new URLSearchParams({ open: openId(), ...(shown ? { queue: shown } : {}) })
  const piece = await fetchPiece(`queues?${query}`)
  if (!piece) return
  const before = waitingIds()
  swap('queues-content', piece.document)
  const arrived = [...waitingIds()].filter((id) => !before.has(id)).length
  if (arrived) announce(arrived > 1 ? `${arrived} nouvelles conversations attendent.` : 'Une nouvelle conversation attend.')
  countInTitle()
})

/** Bring the open conversation up to date: new lines, and the buttons when the floor moved. */
export const refreshConversation = () => once('conversation', async () => {
  const body = openConversation()
  if (!body) return
  const id = openId()
  const piece = await fetchPiece(`conversations/${id}/news?since=${body.dataset.last}`)
  const news = piece && byId('news', piece.document)
  if (!news || openId() !== id) return
  const { standing } = news.dataset
  addLines(news, body)
  swap('conversation-head', news)
  swap('handoff-file', news)
  if (standing !== body.dataset.standing) refreshButtons(news, body)
})

/** @param {HTMLElement} news @param {HTMLElement} body */
function addLines(news, body) {
  const typing = byId('typing')
  for (const line of [...(byId('new-entries', news)?.children ?? [])]) {
    const number = /** @type {HTMLElement} */ (line).dataset.number
    if (number && byId(`e${number}`)) continue
    line.classList.add('arrived')
    typing?.before(document.adoptNode(line))
    if (line.classList.contains('member') && typing) typing.textContent = ''
  }
  body.dataset.last = news.dataset.last
  for (const seen of document.querySelectorAll('[data-seen]')) /** @type {HTMLInputElement} */ (seen).value = news.dataset.last ?? ''
}

/**
 * The floor moved: other buttons. Typed words go back into their fields.
 * @param {HTMLElement} news @param {HTMLElement} body
 */
function refreshButtons(news, body) {
  body.dataset.standing = news.dataset.standing
  swap('composer', news)
  swap('member-slot', news)
  restoreDrafts()
  loadMemberFile()
}

let fading = 0

/** Say that the member is writing; it fades. */
export function showTyping() {
  const place = byId('typing')
  if (!place) return
  place.textContent = 'Le sociétaire écrit…'
  clearTimeout(fading)
  fading = window.setTimeout(() => { if (place.isConnected) place.textContent = '' }, 4000)
}
