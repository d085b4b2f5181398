// @ts-check
/**
 * The shapes that travel between the modules, for the type checker only: no module imports this file when it runs.
 *
 * @typedef {{id: string, title: string, act?: string}} Button
 * @typedef {{[name: string]: any, text?: string, buttons?: Button[]}} Body  see docs/entries.md
 * @typedef {object} Entry  as the gateway shows it to a member
 * @property {number} number
 * @property {boolean} [hidden]
 * @property {string} [moment]  ISO 8601, UTC
 * @property {'member'|'assistant'|'advisor'|'system'} [author]
 * @property {string|null} [author_name]
 * @property {string} [kind]
 * @property {Body|null} [body]  null once erased
 * @property {string|null} [client_id]
 *
 * @typedef {object} ServerState
 * @property {'live'|'written'} mode
 * @property {boolean} is_closed
 * @property {'assistant'|'desk'|'advisor'} floor
 * @property {string|null} speaker
 * @property {number} level
 * @property {number} last_number
 * @property {boolean} typing
 * @property {string|null} due_on
 * @property {{position: number, wait_s: [number, number]|null}|null} queue
 * @property {'ready'|'starting'|'away'} assistant
 *
 * @typedef {object} Pending  what the member wrote and the record has not confirmed yet
 * @property {string} clientId
 * @property {string} text  what the member reads: his words, or the title of the button
 * @property {number} [entry]
 * @property {string} [option]
 * @property {string} at  ISO 8601
 * @property {'sending'|'sent'|'failed'} status
 * @property {string} [code]  why it failed
 * @property {string} [title]  why it failed, in French
 *
 * @typedef {'idle'|'connecting'|'online'|'reconnecting'|'offline'} Line  the state of the line to the gateway
 *
 * @typedef {object} Chat
 * @property {boolean} isOpen
 * @property {Line} line
 * @property {ServerState|null} state
 * @property {Entry[]} entries
 * @property {number} last  the last number held, without a hole before it
 * @property {boolean} hasGap
 * @property {Pending[]} pending
 * @property {{who: string, name: string|null}|null} typing
 * @property {number} unread
 * @property {number|null} saidUpTo  entries up to this number are history: they are not announced; null until known
 * @property {boolean} isWaitingFolded
 * @property {boolean} isRated
 * @property {string|null} trouble  what stops the conversation: `sign_in_needed`, `gone`, `unreachable`
 * @property {string|null} notice  a French sentence shown until the next action
 * @property {number} shown  how many of the latest entries are on the screen
 * @property {string[]} busy  the acts asked for and not answered yet
 *
 * @typedef {{id: string, secret: string}} Key  what lets this browser come back to its conversation
 * @typedef {{code: string, title: string, status: number}} Problem
 * @typedef {{name: string, assistant_name: string, accent_colour: string, max_text: number}} Config
 * @typedef {{id: string, mode: string, is_closed: boolean, floor: string, subject: string|null, due_on: string|null,
 *   updated_at: string, last_number: number}} Listed
 */
export {}
