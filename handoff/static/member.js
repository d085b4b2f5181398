// @ts-check
// The member's file beside the conversation, asked for when the advisor holds it.

import { byId, fetchPiece } from './page.js'

/** Fill the slot once; a failure leaves a link to try again. */
export async function loadMemberFile() {
  const slot = byId('member-slot')
  const address = slot?.dataset.member
  if (!slot || !address) return
  delete slot.dataset.member
  const place = byId('member-content', slot)
  const piece = await fetchPiece(address)
  const content = piece && byId('member-content', piece.document)
  if (place && content) place.replaceChildren(...document.adoptNode(content).childNodes)
}

document.addEventListener('click', (event) => {
  const link = /** @type {Element} */ (event.target).closest?.('#member-slot a[data-again], #member-slot #member-content > p > a')
  const slot = byId('member-slot')
  if (!link || !slot) return
  event.preventDefault()
  slot.dataset.member = link.getAttribute('href') ?? ''
  loadMemberFile()
})
