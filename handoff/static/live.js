// @ts-check
// Live news. One tab listens for all of them (a browser allows few connections), the others hear it by a channel.

/** @typedef {{name: string, conversation: string | null}} Hint */

import { root } from './page.js'

const NAMES = ['hello', 'queues', 'moved', 'typing', 'signed_out']

/** @param {(hint: Hint) => void} hear */
export function listen(hear) {
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel('desk-news') : null
  channel?.addEventListener('message', ({ data }) => hear(data))
  const tell = (/** @type {Hint} */ hint) => { hear(hint); channel?.postMessage(hint) }
  if (!navigator.locks || !channel) return follow(tell)
  // The lock is held as long as this tab lives; when it closes, another tab takes over.
  navigator.locks.request('desk-news', () => new Promise(() => follow(tell)))
}

/** @param {(hint: Hint) => void} tell */
function follow(tell) {
  const source = new EventSource(`${root}events`)
  for (const name of NAMES) {
    source.addEventListener(name, (event) => {
      tell({ name, conversation: JSON.parse(event.data || '{}').conversation ?? null })
      if (name === 'signed_out') source.close()
    })
  }
}
