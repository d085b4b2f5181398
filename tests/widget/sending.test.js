import assert from 'node:assert/strict'
import { beforeEach, mock, test } from 'node:test'
import { Kept } from '../../connectors/widget/kept.js'
import { MemberToken, lifeOf, renewalDelay } from '../../connectors/widget/member-token.js'
import { Outbox, messageOf, newClientId } from '../../connectors/widget/outbox.js'
import { aPending } from './makers.js'

const MINUTE = 60_000
const settled = async () => { for (let turn = 0; turn < 10; turn += 1) await Promise.resolve() }

/** A token that lives *minutes*, issued at *at* milliseconds. */
function aToken(minutes, at = 0) {
  const claims = { iat: at / 1000, exp: at / 1000 + minutes * 60 }
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signed`
}

beforeEach(() => {
  mock.timers.reset()
  mock.timers.enable({ apis: ['setTimeout', 'Date'] })
})

test('each message is on its way once, until it is settled or its line breaks', () => {
  const sent = []
  const outbox = new Outbox((message) => sent.push(message.client_id), () => {})
  outbox.deliver([aPending('a'), aPending('b', { status: 'failed' })])
  outbox.deliver([aPending('a')])
  assert.deepEqual(sent, ['a'])
  outbox.reset()
  outbox.deliver([aPending('a')])
  assert.deepEqual(sent, ['a', 'a'])
})

test('a message that nobody acknowledges is given back after ten seconds', () => {
  const expired = []
  const outbox = new Outbox(() => {}, (clientId) => expired.push(clientId))
  outbox.deliver([aPending('a'), aPending('b')])
  outbox.settled('b')
  mock.timers.tick(10_000)
  assert.deepEqual(expired, ['a'])
})

test('a choice names its entry and its option, never what the button does', () => {
  assert.deepEqual(messageOf(aPending('a', { entry: 4, option: 'x', text: 'Oui' })), { client_id: 'a', entry: 4, option: 'x' })
  assert.deepEqual(messageOf(aPending('a')), { client_id: 'a', text: 'Bonjour' })
})

test('client ids are long, plain and never the same', () => {
  const ids = new Set(Array.from({ length: 1000 }, newClientId))
  assert.equal(ids.size, 1000)
  for (const id of ids) assert.match(id, /^[\w-]{20}$/)
})

test('a token is renewed a minute before its end, a short one half way', () => {
  assert.equal(renewalDelay(10 * MINUTE), 9 * MINUTE)
  assert.equal(renewalDelay(MINUTE), MINUTE / 2)
  assert.equal(renewalDelay(1), 5_000)
})

test('a device whose clock is wrong does not ask for tokens without end', () => {
  assert.equal(lifeOf(aToken(8), 60 * MINUTE), 4 * MINUTE)
  assert.equal(lifeOf(aToken(8, 600 * MINUTE), 0), 4 * MINUTE)
  assert.equal(lifeOf(aToken(8), 3 * MINUTE), 5 * MINUTE)
  assert.equal(lifeOf('nonsense', 0), 5 * MINUTE)
})

test('a token is asked for once, renewed in time, and asked for again after a failure', async () => {
  let asked = 0
  const renewed = []
  const token = new MemberToken(async () => { asked += 1; if (asked === 2) throw new Error('offline'); return aToken(8, Date.now()) }, (value) => renewed.push(value), Date.now)
  await token.fresh()
  await token.fresh()
  assert.equal(asked, 1)
  mock.timers.tick(7 * MINUTE)
  await settled()
  assert.deepEqual([asked, renewed.length], [2, 0])
  mock.timers.tick(10_000)
  await settled()
  assert.deepEqual([asked, renewed.length], [3, 1])
  token.stop()
})

test('after signing out no token is kept or asked for', async () => {
  let asked = 0
  const token = new MemberToken(() => { asked += 1; return aToken(8, Date.now()) }, () => {}, Date.now)
  await token.fresh()
  token.stop()
  mock.timers.tick(60 * MINUTE)
  await settled()
  assert.equal(token.value, '')
  assert.equal(asked, 1)
  await assert.rejects(token.fresh())
})

/** A storage like the browser's. */
class FakeStorage extends Map {
  getItem(name) { return this.get(name) ?? null }
  setItem(name, value) { this.set(name, String(value)) }
  removeItem(name) { this.delete(name) }
}

test('the key is the device’s, the draft is the tab’s, and forgetting leaves neither', () => {
  const [device, tab] = [new FakeStorage(), new FakeStorage()]
  const kept = new Kept('https://chat.example/', () => device, () => tab)
  assert.deepEqual([device.size, tab.size], [0, 0])
  kept.key = { id: 'c1', secret: 's' }
  kept.draft = 'Bonj'
  kept.keepPending('c1', [aPending('a')])
  assert.deepEqual([device.size, tab.size], [1, 2])
  assert.deepEqual(kept.pendingOf('another'), [])
  kept.forget()
  assert.deepEqual([device.size, tab.size, kept.key, kept.draft, kept.pendingOf('c1')], [0, 0, null, '', []])
})

test('a browser that refuses storage still lets people talk', () => {
  const refused = () => { throw new Error('SecurityError') }
  const kept = new Kept('https://chat.example/', refused, refused)
  kept.key = { id: 'c1', secret: 's' }
  kept.draft = 'Bonjour'
  assert.deepEqual([kept.key.id, kept.draft], ['c1', 'Bonjour'])
})

test('something else found under our names is not believed', () => {
  const tab = new FakeStorage([['insurer-chat:x:pending', '{"id":"c1","pending":"oops"}'], ['insurer-chat:x:draft', '{']])
  const kept = new Kept('x', () => new FakeStorage(), () => tab)
  assert.deepEqual([kept.pendingOf('c1'), kept.draft], [[], ''])
})
