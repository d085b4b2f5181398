// @ts-check
/** What this page knows of the conversation, and how each event changes it. Pure: no DOM, no network, no clock. */

/** @typedef {import('./shapes.js').Chat} Chat */
/** @typedef {import('./shapes.js').Entry} Entry */
/** @typedef {import('./shapes.js').Pending} Pending */
/** @typedef {{type: string, [name: string]: any}} Event */

/** How many entries are drawn at first, and how many more at each « messages précédents ». */
export const PAGE = 150

/** @type {Readonly<Chat>} */
export const NEW_CHAT = Object.freeze({
  isOpen: false, line: 'idle', state: null, entries: [], last: 0, hasGap: false, pending: [], typing: null,
  unread: 0, saidUpTo: null, isWaitingFolded: false, isRated: false, trouble: null, notice: null, shown: PAGE, busy: []
})

/** @type {Record<string, (chat: Chat, event: Event) => Chat>} */
const steps = {
  opened: (chat) => ({ ...chat, isOpen: true, unread: 0 }),
  closed: (chat) => ({ ...chat, isOpen: false }),
  line: (chat, { line }) => ({ ...chat, line, typing: line === 'online' ? chat.typing : null }),
  started: (chat, { state, entries }) => entries.reduce(withEntry, withState({ ...chat, saidUpTo: 0, trouble: null }, state)),
  welcome: (chat, { state }) => welcomed(chat, state),
  state: (chat, { state }) => withState(chat, state),
  entry: (chat, { entry }) => withEntry(chat, entry),
  restored: (chat, { pending }) => ({ ...chat, pending: [...pending.map(resent), ...chat.pending] }),
  queued: (chat, { pending }) => ({ ...chat, pending: [...chat.pending, pending], notice: null }),
  sent: (chat, { clientId }) => withPending(chat, clientId, (one) => ({ ...one, status: 'sent' })),
  failed: (chat, { clientId, code, title }) => failed(chat, clientId, code, title),
  retried: (chat, { clientId }) => withPending(chat, clientId, resent),
  discarded: (chat, { clientId }) => ({ ...chat, pending: chat.pending.filter((one) => one.clientId !== clientId) }),
  typing: (chat, { who, name }) => ({ ...chat, typing: { who, name: name ?? null } }),
  typing_faded: (chat) => ({ ...chat, typing: null }),
  waiting_folded: (chat, { isFolded }) => ({ ...chat, isWaitingFolded: isFolded }),
  rated: (chat) => ({ ...chat, isRated: true }),
  trouble: (chat, { trouble }) => ({ ...chat, trouble }),
  notice: (chat, { notice }) => ({ ...chat, notice }),
  more: (chat) => ({ ...chat, shown: chat.shown + PAGE }),
  busy: (chat, { act }) => ({ ...chat, busy: [...chat.busy, act], notice: null }),
  free: (chat, { act }) => ({ ...chat, busy: chat.busy.filter((one) => one !== act) }),
  forgotten: (chat) => ({ ...NEW_CHAT, isOpen: chat.isOpen })
}

/**
 * Give the chat after *event*; an unknown event changes nothing.
 * @param {Chat} chat
 * @param {Event} event
 * @returns {Chat}
 */
export function nextChat(chat, event) {
  const step = Object.hasOwn(steps, event.type) ? steps[event.type] : undefined
  return step ? step(chat, event) : chat
}

/** @param {Chat} chat @param {import('./shapes.js').ServerState} state @returns {Chat} */
function withState(chat, state) {
  const isWaiting = state.floor === 'desk' && state.mode === 'live'
  return { ...chat, state, isWaitingFolded: isWaiting && chat.isWaitingFolded, typing: state.typing ? chat.typing : null }
}

/** What was not confirmed before the line broke is sent again: the client id makes twice the same as once.
 * @param {Chat} chat @param {import('./shapes.js').ServerState} state @returns {Chat} */
function welcomed(chat, state) {
  const pending = chat.pending.map((one) => (one.status === 'failed' && one.code === 'timeout' ? resent(one) : one))
  return { ...withState(chat, state), pending, hasGap: false, trouble: null, saidUpTo: chat.saidUpTo ?? state.last_number }
}

/** @param {Chat} chat @param {Entry} entry @returns {Chat} */
function withEntry(chat, entry) {
  if (entry.number <= chat.last) return chat
  if (entry.number > chat.last + 1) return { ...chat, hasGap: true }
  const held = entry.kind === 'erased' ? chat.entries.map(erased) : chat.entries
  return {
    ...chat,
    entries: [...held, entry],
    last: entry.number,
    hasGap: false,
    pending: chat.pending.filter((one) => one.clientId !== entry.client_id),
    typing: entry.author === 'member' ? chat.typing : null,
    unread: chat.unread + (isNews(chat, entry) && !chat.isOpen ? 1 : 0),
    isRated: entry.kind === 'closed' ? false : chat.isRated
  }
}

/** @param {Entry} entry @returns {Entry} */
const erased = (entry) => (entry.hidden ? entry : { ...entry, body: null })

/** @param {Pending} one @returns {Pending} */
const resent = ({ clientId, text, entry, option, at }) => ({ clientId, text, entry, option, at, status: 'sending' })

/** @param {Chat} chat @param {string} clientId @param {(one: Pending) => Pending} change @returns {Chat} */
function withPending(chat, clientId, change) {
  return { ...chat, pending: chat.pending.map((one) => (one.clientId === clientId ? change(one) : one)) }
}

/** An outdated choice cannot be tried again, so it leaves the screen and the reason stays.
 * @param {Chat} chat @param {string} clientId @param {string} code @param {string} title @returns {Chat} */
function failed(chat, clientId, code, title) {
  const one = chat.pending.find((known) => known.clientId === clientId)
  if (one?.option !== undefined && code !== 'timeout' && code !== 'too_many') {
    return { ...nextChat(chat, { type: 'discarded', clientId }), notice: title }
  }
  return withPending(chat, clientId, (known) => ({ ...known, status: 'failed', code, title }))
}

/**
 * Say whether *entry* is new to the member: by somebody else, and not part of the history found on coming back.
 * @param {Chat} chat @param {Entry} entry
 */
export function isNews(chat, entry) {
  return !entry.hidden && entry.author !== 'member' && entry.number > (chat.saidUpTo ?? Infinity)
}

/** Say whether the gateway knows who the member is, now. @param {Chat} chat */
export function isKnown({ state, trouble }) {
  return (state?.level ?? 0) > 0 && trouble !== 'sign_in_needed'
}

/** Say whether a person was asked for and nobody has come yet. @param {Chat} chat */
export function isWaiting(chat) {
  return chat.state?.floor === 'desk' && chat.state.mode === 'live' && !chat.state.is_closed
}

/** Say whether an advisor answers later, by writing. @param {Chat} chat */
export function isWritten(chat) {
  return chat.state?.mode === 'written'
}

/**
 * Name who answers now: `assistant`, `waiting`, `written` or `advisor`.
 * @param {Chat} chat
 */
export function speakerOf(chat) {
  if (chat.state?.floor === 'advisor') return 'advisor'
  if (isWritten(chat)) return 'written'
  return isWaiting(chat) ? 'waiting' : 'assistant'
}
