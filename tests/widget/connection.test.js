import assert from 'node:assert/strict'
import { beforeEach, mock, test } from 'node:test'
import { ProblemError } from '../../connectors/widget/api.js'
import { Connection } from '../../connectors/widget/connection.js'
import { delayBefore } from '../../connectors/widget/delay.js'
import { aState, anEntry } from './makers.js'

/** A socket whose other end is the test. */
class FakeSocket {
  static all = []
  static get last() { return FakeSocket.all.at(-1) }
  readyState = 0
  sent = []
  constructor(url) { this.url = url; FakeSocket.all.push(this) }
  send(text) { this.sent.push(JSON.parse(text)) }
  close() { this.readyState = 3 }
  accept() { this.readyState = 1; this.onopen() }
  say(frame) { this.onmessage({ data: typeof frame === 'string' ? frame : JSON.stringify(frame) }) }
  fall() { this.readyState = 3; this.onclose() }
  welcome() { this.accept(); this.say({ type: 'welcome', state: aState() }) }
}

/** The page around a line: what it holds, hears and is told. */
function aLine(changes = {}) {
  const seen = { frames: [], lines: [], refused: [], polls: 0, since: 3 }
  const api = {
    socketUrl: 'wss://chat.example/api/v1/socket',
    entries: async () => { seen.polls += 1; throw new ProblemError({ code: 'network' }) },
    post: async () => ({ entry: anEntry(9) }),
    ...changes.api
  }
  const line = new Connection({
    api, access: () => ({ id: 'c1', authorization: 'secret' }), since: () => seen.since, heard: (frame) => seen.frames.push(frame),
    moved: (state) => seen.lines.push(state), refused: (code) => seen.refused.push(code), WebSocket: changes.WebSocket ?? FakeSocket,
    random: () => 0.5, now: Date.now, isOnline: changes.isOnline ?? (() => true)
  })
  return { line, seen }
}

const settled = async () => { for (let turn = 0; turn < 10; turn += 1) await Promise.resolve() }

beforeEach(() => {
  FakeSocket.all = []
  mock.timers.reset()
  mock.timers.enable({ apis: ['setTimeout', 'Date'] })
})

test('the first frame tells the conversation, its proof and the last number held; the address tells nothing', () => {
  const { line } = aLine()
  line.start()
  FakeSocket.last.accept()
  assert.deepEqual(FakeSocket.last.sent, [{ type: 'hello', conversation: 'c1', authorization: 'Bearer secret', since: 3 }])
  assert.doesNotMatch(FakeSocket.last.url, /secret|c1/)
  line.stop()
})

test('a broken line comes back by itself and resumes from the last number', () => {
  const { line, seen } = aLine()
  line.start()
  FakeSocket.last.welcome()
  seen.since = 12
  FakeSocket.last.fall()
  assert.equal(seen.lines.at(-1), 'reconnecting')
  mock.timers.tick(500)
  assert.equal(FakeSocket.all.length, 2)
  FakeSocket.last.welcome()
  assert.equal(FakeSocket.last.sent[0].since, 12)
  assert.equal(seen.lines.at(-1), 'online')
  line.stop()
})

test('a silent line is found dead: sleep, or a network that changed without a word', () => {
  const { line, seen } = aLine()
  line.start()
  FakeSocket.last.welcome()
  mock.timers.tick(25_000)
  assert.deepEqual(FakeSocket.last.sent.at(-1), { type: 'ping' })
  mock.timers.tick(8_000)
  assert.equal(seen.lines.at(-1), 'reconnecting')
  line.stop()
})

test('a line that answers is left alone, and a pong is nobody’s business', () => {
  const { line, seen } = aLine()
  line.start()
  FakeSocket.last.welcome()
  line.check()
  FakeSocket.last.say({ type: 'pong' })
  mock.timers.tick(8_000)
  assert.equal(FakeSocket.all.length, 1)
  assert.deepEqual(seen.frames.map(({ type }) => type), ['welcome'])
  line.stop()
})

test('tries are spaced out, spread, and never further than twenty seconds apart', () => {
  const delays = [0, 1, 2, 3, 10, 60].map((attempt) => delayBefore(attempt, () => 1))
  assert.deepEqual(delays, [500, 1000, 2000, 4000, 20000, 20000])
  assert.ok(delayBefore(5, () => 0) < delayBefore(5, () => 1))
})

test('a refused conversation is not knocked at again', () => {
  for (const code of ['sign_in_needed', 'forbidden', 'not_found', 'malformed']) {
    const { line, seen } = aLine()
    line.start()
    FakeSocket.last.accept()
    const before = FakeSocket.all.length
    FakeSocket.last.say({ type: 'problem', code, title: '' })
    mock.timers.tick(120_000)
    assert.deepEqual(seen.refused, [code])
    assert.equal(FakeSocket.all.length, before)
  }
})

test('frames that are not understood are ignored', () => {
  const { line, seen } = aLine()
  line.start()
  FakeSocket.last.welcome()
  for (const text of ['{', 'null', '[]', '"x"', '{"type":4}']) FakeSocket.last.say(text)
  assert.equal(seen.frames.length, 1)
  line.stop()
})

test('a missing number is asked for on the same line', () => {
  const { line, seen } = aLine()
  line.start()
  FakeSocket.last.welcome()
  seen.since = 4
  line.resync()
  assert.equal(FakeSocket.last.sent.at(-1).since, 4)
  assert.equal(FakeSocket.all.length, 1)
  line.stop()
})

test('where WebSockets are blocked, long polling gives the same frames', async () => {
  let answer
  const entries = (id, since, { wait }) => (wait ? new Promise((resolve) => { answer = resolve }) : Promise.resolve({ state: aState(), entries: [anEntry(4)] }))
  const { line, seen } = aLine({ api: { entries } })
  await blocked(line)
  assert.deepEqual(seen.frames.map(({ type }) => type), ['welcome', 'entry'])
  assert.equal(seen.lines.at(-1), 'online')
  answer({ state: aState(), entries: [anEntry(5)] })
  await settled()
  assert.deepEqual(seen.frames.slice(2).map(({ type }) => type), ['state', 'entry'])
  line.stop()
})

test('on long polling a message is posted, and its fate comes back as a frame', async () => {
  const posted = []
  const entries = (id, since, { wait }) => (wait ? new Promise(() => {}) : Promise.resolve({ state: aState(), entries: [] }))
  const post = async (id, message) => { posted.push(message); if (posted.length > 1) throw new ProblemError({ code: 'too_many', title: 'Patientez.' }); return { entry: anEntry(7) } }
  const { line, seen } = aLine({ api: { entries, post } })
  await blocked(line)
  line.send({ client_id: 'a', text: 'Bonjour' })
  await settled()
  assert.deepEqual(seen.frames.at(-1), { type: 'sent', client_id: 'a', number: 7 })
  line.send({ client_id: 'b', text: 'Encore' })
  await settled()
  assert.deepEqual(seen.frames.at(-1), { type: 'problem', code: 'too_many', title: 'Patientez.', client_id: 'b' })
  line.stop()
})

test('after some minutes of polling a WebSocket is tried again', async () => {
  let answer = () => {}
  const entries = (id, since, { wait }) => (wait ? new Promise((resolve) => { answer = () => resolve({ state: aState(), entries: [] }) }) : Promise.resolve({ state: aState(), entries: [] }))
  const { line } = aLine({ api: { entries } })
  await blocked(line)
  const sockets = FakeSocket.all.length
  mock.timers.tick(3 * 60_000)
  answer()
  await settled()
  assert.equal(FakeSocket.all.length, sockets + 1)
  line.stop()
})

test('with no network at all both ways are tried, quietly, until one works', async () => {
  const { line, seen } = aLine()
  await blocked(line)
  assert.ok(seen.polls > 0)
  for (let turn = 0; turn < 6; turn += 1) { mock.timers.tick(20_000); await settled() }
  assert.ok(FakeSocket.all.length > 3)
  FakeSocket.last.welcome()
  assert.equal(seen.lines.at(-1), 'online')
  line.stop()
})

test('a security policy that forbids WebSockets leads to polling too', async () => {
  const entries = (id, since, { wait }) => (wait ? new Promise(() => {}) : Promise.resolve({ state: aState(), entries: [] }))
  const { line, seen } = aLine({ api: { entries }, WebSocket: class { constructor() { throw new Error('refused') } } })
  line.start()
  mock.timers.tick(2_000)
  mock.timers.tick(2_000)
  await settled()
  assert.equal(seen.lines.at(-1), 'online')
  line.stop()
})

test('without a network the member is told that he is offline, not that the server is slow', () => {
  const { line, seen } = aLine({ isOnline: () => false })
  line.start()
  assert.equal(seen.lines.at(-1), 'offline')
  line.stop()
})

test('a closed line stays closed, whatever its last socket says', () => {
  const { line, seen } = aLine()
  line.start()
  FakeSocket.last.welcome()
  const socket = FakeSocket.last
  line.stop()
  socket.say({ type: 'entry', entry: anEntry(4) })
  socket.fall()
  mock.timers.tick(60_000)
  assert.equal(FakeSocket.all.length, 1)
  assert.equal(seen.frames.length, 1)
})

/** Two sockets fail before their welcome: they are blocked on the way. */
async function blocked(line) {
  line.start()
  FakeSocket.last.fall()
  mock.timers.tick(600)
  FakeSocket.last.fall()
  mock.timers.tick(1_000)
  await settled()
}
