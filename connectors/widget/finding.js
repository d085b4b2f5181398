// @ts-check
/** Which conversation this page speaks in: the one this browser knows, the member's latest, or a new one. */

/** @typedef {import('./shapes.js').Key} Key */
/** @typedef {{key: Key, opened: {state: any, entries: any[]}|null}} Found */

const KEY_BYTES = 32

/**
 * Find the conversation, opening one when there is none. ProblemError when the gateway cannot say.
 * @param {import('./kept.js').Kept} kept
 * @param {import('./api.js').Api} api
 * @param {import('./proof.js').Proof} proof
 * @param {{isNew: boolean, isStill: () => boolean}} wish `isNew`: the member asked for another conversation than those he
 *   has; `isStill`: he has not left meanwhile, for then nothing may be kept
 * @returns {Promise<Found>}
 */
export function find(kept, api, proof, { isNew, isStill }) {
  return oneTabAtATime(kept.keyName, async () => {
    const token = await proof.token()
    const key = kept.key ?? (isNew ? null : await latestOfMember(api, token))
    const found = key ? { key, opened: null } : await opened(kept, api, token)
    if (isStill()) {
      kept.key = found.key
      kept.openingKey = null
    }
    return found
  })
}

/**
 * Open a conversation under a key that stays in this browser until the answer is there: an opening tried again, by this
 * tab or by another, gives the same conversation.
 * @param {import('./kept.js').Kept} kept @param {import('./api.js').Api} api @param {string} token @returns {Promise<Found>}
 */
async function opened(kept, api, token) {
  const openingKey = kept.openingKey ?? newOpeningKey()
  kept.openingKey = openingKey
  try {
    const { id, secret, state, entries } = await api.open(token, openingKey)
    return { key: { id, secret }, opened: { state, entries } }
  } catch (cause) {
    if (isFinal(/** @type {import('./api.js').ProblemError} */ (cause))) kept.openingKey = null
    throw cause
  }
}

/** The gateway answered, and will not answer otherwise to the same key. @param {{status?: number}} cause */
function isFinal({ status = 0 }) { return status >= 400 && status < 500 && status !== 429 }

/** What the gateway asks of a key: it gives the conversation to who holds it. */
export function newOpeningKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES))
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

/** On another device, the member finds again the conversation that goes on.
 * @param {import('./api.js').Api} api @param {string} token @returns {Promise<Key|null>} */
async function latestOfMember(api, token) {
  if (!token) return null
  const { conversations } = await api.list(token)
  const latest = conversations.find(({ is_closed: isClosed, mode }) => !isClosed && mode === 'live')
  return latest ? { id: latest.id, secret: '' } : null
}

/** Two tabs opened at once must not open two conversations.
 * @template T @param {string} name @param {() => Promise<T>} find @returns {Promise<T>} */
function oneTabAtATime(name, find) {
  return navigator.locks ? navigator.locks.request(name, find) : find()
}
