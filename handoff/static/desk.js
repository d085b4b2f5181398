// @ts-check
// The desk's script: the pages work without it; it keeps them up to date.

import { restoreDrafts } from './drafts.js'
import './forms.js'
import './keyboard.js'
import { listen } from './live.js'
import { loadMemberFile } from './member.js'
import { announce, byId, openId, signal } from './page.js'
import { countInTitle, refreshConversation, refreshQueues, showTyping } from './refresh.js'

const LOOK_EVERY_MS = 15_000
const ACTIVITY_EVERY_MS = 60_000
const TYPING_EVERY_MS = 2_000

/** @type {Record<string, (conversation: string | null) => void>} */
const heard = {
  hello: () => { refreshQueues(); refreshConversation() },
  queues: () => { refreshQueues() },
  moved: (conversation) => { if (conversation === openId()) refreshConversation() },
  typing: (conversation) => { if (conversation === openId()) showTyping() },
  signed_out: () => { announce('Votre session a pris fin. Reconnectez-vous pour continuer.') },
}

/** Let *act* through at most once in *ms*. @param {() => void} act @param {number} ms */
function atMostEvery(act, ms) {
  let last = 0
  return () => {
    if (Date.now() - last < ms) return
    last = Date.now()
    act()
  }
}

const tellActive = atMostEvery(() => signal('activity'), ACTIVITY_EVERY_MS)
const tellTyping = atMostEvery(() => signal(`conversations/${openId()}/typing`), TYPING_EVERY_MS)

if (byId('queues')) {
  restoreDrafts()
  loadMemberFile()
  countInTitle()
  listen(({ name, conversation }) => heard[name]?.(conversation))
  setInterval(() => { refreshQueues(); refreshConversation() }, LOOK_EVERY_MS)
  for (const kind of ['pointerdown', 'keydown']) document.addEventListener(kind, tellActive, { passive: true })
  document.addEventListener('input', ({ target }) => { if (/** @type {HTMLElement} */ (target).id === 'reply') tellTyping() })
}
