// What tests say in one line: entries, states, and a chat that has lived a little.
import { NEW_CHAT, nextChat } from '../../connectors/widget/chat-state.js'

export const NOON = new Date(2026, 10, 23, 12, 0)

export const aState = (changes = {}) => ({
  mode: 'live', is_closed: false, floor: 'assistant', speaker: null, level: 0, last_number: 0, typing: false,
  due_on: null, queue: null, assistant: 'ready', ...changes
})

export const anEntry = (number, changes = {}) => ({
  number, moment: new Date(NOON.getTime() + number * 1000).toISOString(), author: 'assistant', author_name: null,
  kind: 'text', body: { text: `message ${number}` }, client_id: null, ...changes
})

export const fromMember = (number, clientId = null, changes = {}) => anEntry(number, { author: 'member', client_id: clientId, ...changes })

export const aPending = (clientId, changes = {}) => ({ clientId, text: 'Bonjour', at: NOON.toISOString(), status: 'sending', ...changes })

/** Live through *events*, from a chat just opened. */
export const after = (...events) => events.reduce(nextChat, { ...NEW_CHAT, isOpen: true })

export const started = (...entries) => ({ type: 'started', state: aState({ last_number: entries.length }), entries })
