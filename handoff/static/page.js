// @ts-check
// What every module needs to know about the page it serves.

/** Address the desk is mounted at, with its final slash. */
export const root = document.body.dataset.root ?? '/desk/'
export const advisor = document.body.dataset.advisor ?? ''
const formToken = document.body.dataset.formToken ?? ''

/** @param {string} id @param {ParentNode} [within] @returns {HTMLElement | null} */
export const byId = (id, within = document) => within.querySelector(`#${CSS.escape(id)}`)

/** The open conversation's element, or null. @returns {HTMLElement | null} */
export const openConversation = () => byId('conversation-body')

/** @returns {string} the open conversation's id, or '' */
export const openId = () => openConversation()?.dataset.conversation ?? ''

/** Say something to screen readers, once. @param {string} text */
export function announce(text) {
  const place = byId('announcements')
  if (place) place.textContent = text
}

/** Send a form-less post: typing, activity. Its failure matters to nobody. @param {string} path */
export function signal(path) {
  fetch(new URL(path, location.origin + root), {
    method: 'POST', headers: { 'X-Form-Token': formToken, 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'sent=1',
  }).catch(() => {})
}

/**
 * Fetch a piece of page made by the server (which escapes everything). Parsed apart: its scripts never run.
 * @param {string} path @returns {Promise<{document: Document, response: Response} | null>} null: not now
 */
export async function fetchPiece(path) {
  try {
    const response = await fetch(new URL(path, location.origin + root), { headers: { Accept: 'text/html' } })
    if (!response.ok || new URL(response.url).pathname.endsWith('/sign-in')) return null
    return { document: parse(await response.text()), response }
  } catch {
    return null
  }
}

/** @param {string} html @returns {Document} */
export const parse = (html) => new DOMParser().parseFromString(html, 'text/html')

/**
 * Put the element of the same id from another document in place of ours, keeping focus on the same id.
 * @param {string} id @param {ParentNode} from
 */
export function swap(id, from) {
  const mine = byId(id)
  const other = byId(id, from)
  if (!mine || !other) return
  const focused = mine.contains(document.activeElement) ? document.activeElement?.id : ''
  mine.replaceWith(document.adoptNode(other))
  if (focused) byId(focused)?.focus({ preventScroll: true })
}
