import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NEW_CHAT, isNews, isWaiting, nextChat, speakerOf } from '../../connectors/widget/chat-state.js'
import { aPending, aState, after, anEntry, fromMember, started } from './makers.js'

test('an entry heard twice is held once: a reconnection never doubles a message', () => {
  const chat = after(started(anEntry(1)), { type: 'entry', entry: anEntry(2) }, { type: 'entry', entry: anEntry(2) })
  assert.deepEqual(chat.entries.map(({ number }) => number), [1, 2])
})

test('a hole is noticed and nothing is held after it until it is filled: no message is ever missing', () => {
  const chat = after(started(anEntry(1)), { type: 'entry', entry: anEntry(3) })
  assert.equal(chat.hasGap, true)
  assert.equal(chat.last, 1)
  const filled = [2, 3].reduce((known, number) => nextChat(known, { type: 'entry', entry: anEntry(number) }), chat)
  assert.equal(filled.hasGap, false)
  assert.equal(filled.last, 3)
})

test('an entry hidden from the member counts in the numbering', () => {
  const chat = after(started(anEntry(1)), { type: 'entry', entry: { number: 2, hidden: true } }, { type: 'entry', entry: anEntry(3) })
  assert.equal(chat.last, 3)
})

test('the words of the member are replaced by the stored entry, whichever of `sent` and `entry` comes first', () => {
  const queued = after(started(anEntry(1)), { type: 'queued', pending: aPending('a') })
  const sent = nextChat(queued, { type: 'sent', clientId: 'a' })
  assert.equal(sent.pending[0].status, 'sent')
  for (const chat of [queued, sent]) {
    assert.deepEqual(nextChat(chat, { type: 'entry', entry: fromMember(2, 'a') }).pending, [])
  }
})

test('a message without an answer from the server fails, keeps its words, and is sent again when the line is back', () => {
  const failed = after(started(), { type: 'queued', pending: aPending('a') }, { type: 'failed', clientId: 'a', code: 'timeout', title: '' })
  assert.equal(failed.pending[0].status, 'failed')
  assert.equal(failed.pending[0].text, 'Bonjour')
  assert.equal(nextChat(failed, { type: 'welcome', state: aState() }).pending[0].status, 'sending')
})

test('a message the server refused waits for the member, not for the line', () => {
  const chat = after(started(), { type: 'queued', pending: aPending('a') }, { type: 'failed', clientId: 'a', code: 'too_many', title: 'Patientez.' }, { type: 'welcome', state: aState() })
  assert.equal(chat.pending[0].status, 'failed')
  const retried = nextChat(chat, { type: 'retried', clientId: 'a' })
  assert.deepEqual([retried.pending[0].status, retried.pending[0].code], ['sending', undefined])
})

test('an outdated choice leaves the screen and its reason stays', () => {
  const chat = after(started(anEntry(1)), { type: 'queued', pending: aPending('a', { entry: 1, option: 'x' }) }, { type: 'failed', clientId: 'a', code: 'outdated', title: 'Ce choix n’est plus proposé.' })
  assert.deepEqual(chat.pending, [])
  assert.equal(chat.notice, 'Ce choix n’est plus proposé.')
})

test('what was not confirmed before a reload is sent again with the same id', () => {
  const chat = after({ type: 'restored', pending: [aPending('a', { status: 'failed', code: 'timeout' })] })
  assert.deepEqual(chat.pending.map(({ clientId, status }) => [clientId, status]), [['a', 'sending']])
})

test('history found on coming back is not news; what follows is; one’s own words never are', () => {
  const chat = after({ type: 'welcome', state: aState({ last_number: 2 }) }, { type: 'entry', entry: anEntry(1) }, { type: 'entry', entry: anEntry(2) })
  assert.equal(isNews(chat, anEntry(2)), false)
  assert.equal(isNews(chat, anEntry(3)), true)
  assert.equal(isNews(chat, fromMember(3)), false)
})

test('the greeting of a new conversation is news: it says that this is an automatic assistant', () => {
  assert.equal(isNews(after(started(anEntry(1))), anEntry(1)), true)
})

test('messages are counted as unread only while the panel is closed, and until it opens', () => {
  const closed = after(started(anEntry(1)), { type: 'closed' }, { type: 'entry', entry: anEntry(2) }, { type: 'entry', entry: fromMember(3) })
  assert.equal(closed.unread, 1)
  assert.equal(nextChat(closed, { type: 'opened' }).unread, 0)
})

test('the typing sign comes from the server only and fades', () => {
  const typing = after(started(anEntry(1)), { type: 'line', line: 'online' }, { type: 'typing', who: 'advisor', name: 'Camille' })
  assert.deepEqual(typing.typing, { who: 'advisor', name: 'Camille' })
  assert.equal(nextChat(typing, { type: 'entry', entry: anEntry(2) }).typing, null)
  assert.equal(nextChat(typing, { type: 'typing_faded' }).typing, null)
  assert.equal(nextChat(typing, { type: 'line', line: 'reconnecting' }).typing, null)
})

test('who speaks follows the floor', () => {
  const speaking = (changes) => speakerOf(after({ type: 'state', state: aState(changes) }))
  assert.equal(speaking({}), 'assistant')
  assert.equal(speaking({ floor: 'desk' }), 'waiting')
  assert.equal(speaking({ floor: 'advisor', speaker: 'Camille' }), 'advisor')
  assert.equal(speaking({ floor: 'desk', mode: 'written' }), 'written')
  assert.equal(isWaiting(after({ type: 'state', state: aState({ floor: 'desk', is_closed: true }) })), false)
})

test('a folded waiting card opens again for the next wait', () => {
  const folded = after({ type: 'state', state: aState({ floor: 'desk' }) }, { type: 'waiting_folded', isFolded: true })
  assert.equal(folded.isWaitingFolded, true)
  const next = [aState({ floor: 'advisor' }), aState({ floor: 'desk' })].reduce((chat, state) => nextChat(chat, { type: 'state', state }), folded)
  assert.equal(next.isWaitingFolded, false)
})

test('erasing empties every message held, and forgetting leaves nothing', () => {
  const erased = after(started(anEntry(1)), { type: 'entry', entry: anEntry(2, { kind: 'erased', author: 'system', body: { by: 'member' } }) })
  assert.equal(erased.entries[0].body, null)
  assert.deepEqual(nextChat(erased, { type: 'forgotten' }), { ...NEW_CHAT, isOpen: true })
})

test('an unknown event, even one named like a part of every object, changes nothing', () => {
  const chat = after(started(anEntry(1)))
  for (const type of ['constructor', '__proto__', 'unheard_of']) assert.equal(nextChat(chat, { type }), chat)
})

test('whatever the order, doubling and loss of frames, entries are gapless and nothing the member wrote disappears', () => {
  const random = randomFrom(7)
  for (let round = 0; round < 300; round += 1) {
    const truth = [1, 2, 3, 4, 5, 6].map((number) => (number % 2 ? anEntry(number) : fromMember(number, `m${number}`)))
    let chat = after(...[2, 4, 6].map((number) => ({ type: 'queued', pending: aPending(`m${number}`) })))
    for (let step = 0; step < 25; step += 1) chat = nextChat(chat, { type: 'entry', entry: truth[Math.floor(random() * 6)] })
    assert.deepEqual(chat.entries.map(({ number }) => number), truth.slice(0, chat.last).map(({ number }) => number))
    const stored = chat.entries.filter(({ client_id: id }) => id).map(({ client_id: id }) => id)
    assert.deepEqual([...stored, ...chat.pending.map(({ clientId }) => clientId)].sort(), ['m2', 'm4', 'm6'])
  }
})

/** A small repeatable source of chance. */
function randomFrom(seed) {
  let state = seed
  return () => (state = (state * 48271) % 2147483647) / 2147483647
}
