import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasMore, rowsOf } from '../../connectors/widget/timeline.js'
import { aPending, aState, after, anEntry, fromMember, started } from './makers.js'

const OFFER = { text: 'Que souhaitez-vous ?', buttons: [{ id: 'a', title: 'Oui' }, { id: 'b', title: 'Non' }] }
const statuses = (chat, number) => rowsOf(chat).find(({ entry }) => entry?.number === number).buttons.map(({ status }) => status)

test('days are separated and a group shows its author once', () => {
  const yesterday = '2026-11-22T09:00:00Z'
  const chat = after(started(anEntry(1, { moment: yesterday }), anEntry(2), anEntry(3), fromMember(4)))
  assert.deepEqual(rowsOf(chat).map(({ kind, isFirst }) => (kind === 'day' ? 'day' : isFirst)), ['day', true, 'day', true, false, true])
})

test('the same author after five minutes starts a group: the time is shown again', () => {
  const chat = after(started(anEntry(1, { moment: '2026-11-23T09:00:00Z' }), anEntry(2, { moment: '2026-11-23T09:05:01Z' })))
  assert.deepEqual(rowsOf(chat).filter(({ kind }) => kind === 'entry').map(({ isFirst }) => isFirst), [true, true])
})

test('a message keeps its row when it is stored, so nothing moves', () => {
  const sending = after(started(anEntry(1)), { type: 'queued', pending: aPending('x') })
  const stored = after(started(anEntry(1), fromMember(2, 'x')))
  assert.equal(rowsOf(sending).at(-1).key, rowsOf(stored).at(-1).key)
})

test('buttons answer until one is chosen, here or on another device', () => {
  const offered = after(started(anEntry(1, { body: OFFER })))
  assert.deepEqual(statuses(offered, 1), ['live', 'live'])
  const chosen = after(started(anEntry(1, { body: OFFER }), fromMember(2, null, { kind: 'choice', body: { entry: 1, option: 'b', text: 'Non' } })))
  assert.deepEqual(statuses(chosen, 1), ['outdated', 'chosen'])
  const pressing = after(started(anEntry(1, { body: OFFER })), { type: 'queued', pending: aPending('x', { entry: 1, option: 'a' }) })
  assert.deepEqual(statuses(pressing, 1), ['chosen', 'outdated'])
})

test('buttons are outdated by a later offer of the assistant, not by a plain answer nor by free words', () => {
  assert.deepEqual(statuses(after(started(anEntry(1, { body: OFFER }), fromMember(2), anEntry(3))), 1), ['live', 'live'])
  assert.deepEqual(statuses(after(started(anEntry(1, { body: OFFER }), anEntry(2, { body: OFFER }))), 1), ['outdated', 'outdated'])
})

test('a button whose act no longer makes sense is outdated', () => {
  const buttons = ['handoff', 'write', 'back', 'sign_in'].map((act) => ({ id: act, title: act, act }))
  const chat = (state) => after(started(anEntry(1, { body: { text: '', buttons } })), { type: 'state', state: aState(state) })
  assert.deepEqual(statuses(chat({}), 1), ['live', 'live', 'outdated', 'live'])
  assert.deepEqual(statuses(chat({ floor: 'desk', level: 1 }), 1), ['outdated', 'live', 'live', 'outdated'])
  assert.deepEqual(statuses(chat({ floor: 'desk', mode: 'written' }), 1), ['outdated', 'outdated', 'outdated', 'live'])
})

test('an answer to the assistant is not offered while an advisor speaks', () => {
  const chat = after(started(anEntry(1, { body: OFFER })), { type: 'state', state: aState({ floor: 'advisor' }) })
  assert.deepEqual(statuses(chat, 1), ['outdated', 'outdated'])
})

test('hidden entries are not drawn, and a long history is drawn by pages', () => {
  const many = Array.from({ length: 400 }, (_, index) => anEntry(index + 1))
  const chat = after(started(...many, { number: 401, hidden: true }))
  assert.equal(rowsOf(chat).filter(({ kind }) => kind === 'entry').length, 150)
  assert.equal(hasMore(chat), true)
  assert.equal(rowsOf(chat).some(({ entry }) => entry?.hidden), false)
})

test('only the latest message of the member says that it was sent', () => {
  const rows = rowsOf(after(started(fromMember(1), anEntry(2), fromMember(3), anEntry(4))))
  assert.deepEqual(rows.filter(({ isLastOwn }) => isLastOwn).map(({ entry }) => entry.number), [3])
})

test('a history of five thousand messages is laid out in a moment', () => {
  const chat = after(started(...Array.from({ length: 5000 }, (_, index) => anEntry(index + 1, { body: OFFER }))))
  const before = performance.now()
  rowsOf(chat)
  assert.ok(performance.now() - before < 100)
})

const FIELD = { card: 'field', text: 'Votre code ?', data: { name: 'code', label: 'Code reçu', kind: 'code' } }
const asking = (number) => anEntry(number, { kind: 'card', body: FIELD })
const field = (number, ...events) => rowsOf(after(...events)).find(({ entry }) => entry?.number === number).field

test('a secure field is filled once, and no longer asked for after another offer or while a person answers', () => {
  assert.equal(field(1, started(asking(1))), 'live')
  assert.equal(field(1, started(asking(1), fromMember(2), anEntry(3))), 'live')
  assert.equal(field(1, started(asking(1), fromMember(2, null, { kind: 'form', body: { field: 'code', label: 'Code reçu', ending: '' } }), anEntry(3, { body: OFFER }))), 'filled')
  assert.equal(field(1, started(asking(1), anEntry(2, { body: OFFER }))), 'outdated')
  assert.equal(field(1, started(asking(1), asking(2))), 'outdated')
  assert.equal(field(2, started(asking(1), asking(2))), 'live')
  assert.equal(field(1, started(asking(1)), { type: 'state', state: aState({ floor: 'desk' }) }), 'outdated')
})
