// @ts-check
/** Entries about the conversation itself (a change of speaker, a promise…) as one French sentence. Pure. */

import { dueInWords, waitInWords } from './dates.js'
import { fr } from './fr.js'
import { plainOf } from './markup.js'

/** @typedef {import('./shapes.js').Entry} Entry */
/** @typedef {import('./shapes.js').Body} Body */

/** @type {Record<string, (body: Body, now: Date) => string>} */
const sentences = {
  identity_proven: ({ level, how }) => (level > 0 && how !== 'sign_out' ? fr.lines.identity : fr.lines.identityLost),
  handoff_requested: ({ text }) => text || fr.lines.handoff,
  floor_changed: ({ to, name }) => ({ advisor: fr.lines.toAdvisor(name), desk: fr.lines.toDesk })[String(to)] ?? fr.lines.toAssistant,
  transferred: () => fr.lines.transferred,
  mode_changed: ({ to, subject }) => (to !== 'written' ? fr.lines.live : subject ? fr.lines.writtenAbout(subject) : fr.lines.written),
  promise: ({ what, due_on: dueOn, due_at: dueAt, wait_s: wait }, now) =>
    what === 'wait' && wait ? fr.lines.promiseWait(waitInWords(wait)) : fr.lines.promise(dueInWords(dueOn ?? dueAt, now)),
  promise_broken: ({ text }) => text || fr.lines.promiseBroken,
  closed: ({ name }) => fr.lines.closed(name),
  reopened: () => fr.lines.reopened,
  acknowledged: ({ text }) => text || fr.lines.acknowledged,
  complaint_registered: ({ text }) => text || fr.lines.complaint,
  document_requested: ({ text }) => text || fr.lines.documentRequested,
  document_decided: ({ text }) => text || fr.lines.documentDecided,
  attachment_verdict: ({ text }) => text || fr.lines.verdict,
  notice_sent: ({ text }) => text || fr.lines.notice,
  handoff_file_edited: () => fr.lines.fileEdited,
  erased: () => fr.lines.erased,
  form: ({ label, ending, shown }) => fr.lines.form(label, ending, shown)
}

/**
 * Give the sentence of a line; a kind this version does not know shows its text, or nothing.
 * @param {Entry} entry
 * @param {Date} now
 */
export function sentenceOf(entry, now) {
  if (entry.kind === 'erased') return fr.lines.erased
  if (!entry.body) return fr.lines.erasedMessage
  const say = Object.hasOwn(sentences, entry.kind ?? '') ? sentences[entry.kind ?? ''] : undefined
  return say ? say(entry.body, now) : String(entry.body.text ?? '')
}

/**
 * Name the author of an entry as the member knows him.
 * @param {Entry} entry
 */
export function authorOf(entry) {
  if (entry.author === 'member') return fr.you
  if (entry.author === 'assistant') return fr.assistant
  return entry.author === 'advisor' ? fr.advisor(entry.author_name) : fr.insurer
}

/**
 * Say an entry in one go, for the live region: who, what, and the answers offered.
 * @param {Entry} entry
 * @param {boolean} isSpoken
 * @param {Date} now
 */
export function announcementOf(entry, isSpoken, now) {
  if (!isSpoken) return sentenceOf(entry, now)
  const titles = (entry.body?.buttons ?? []).map((button) => button.title)
  const text = fr.said(authorOf(entry), plainOf(entry.body ? entry.body.text ?? '' : fr.lines.erasedMessage))
  return titles.length ? `${text} ${fr.answersOffered(titles)}` : text
}

/**
 * Explain what was masked in a member's words; empty when nothing was.
 * @param {Body|null|undefined} body
 */
export function maskedNotice(body) {
  const kinds = /** @type {Record<string, string>} */ (fr.masked.kinds)
  const named = [...new Set((Array.isArray(body?.masked) ? body.masked : []).map((kind) => kinds[kind] ?? kinds.other))]
  return named.length ? fr.masked.text(named.join(' et ')) : ''
}
