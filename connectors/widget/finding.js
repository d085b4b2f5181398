// @ts-check
/** Which conversation this page speaks in: the one this browser knows, the member's latest, or a new one. */

/** @typedef {import('./shapes.js').Key} Key */
/** @typedef {{key: Key, opened: {state: any, entries: any[]}|null}} Found */

/**
 * Find the conversation, opening one when there is none. ProblemError when the gateway cannot say.
 * @param {import('./kept.js').Kept} kept
 * @param {import('./api.js').Api} api
 * @param {import('./proof.js').Proof} proof
 * @param {{isNew: boolean}} wish the member asked for another conversation than those he has
 * @returns {Promise<Found>}
 */
export function find(kept, api, proof, { isNew }) {
  return oneTabAtATime(kept.keyName, async () => {
    const token = await proof.token()
    const key = kept.key ?? (isNew ? null : await latestOfMember(api, token))
    const found = key ? { key, opened: null } : await opened(api, token)
    kept.key = found.key
    return found
  })
}

/** @param {import('./api.js').Api} api @param {string} token @returns {Promise<Found>} */
async function opened(api, token) {
  const { id, secret, state, entries } = await api.open(token)
  return { key: { id, secret }, opened: { state, entries } }
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
