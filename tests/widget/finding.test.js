import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { ProblemError } from '../../connectors/widget/api.js'
import { find, newOpeningKey } from '../../connectors/widget/finding.js'
import { Kept } from '../../connectors/widget/kept.js'
import { aState } from './makers.js'

class FakeStorage {
  all = new Map()
  getItem(name) { return this.all.get(name) ?? null }
  setItem(name, value) { this.all.set(name, value) }
  removeItem(name) { this.all.delete(name) }
}

const NOBODY = { token: async () => '' }
const STAYS = { isNew: false, isStill: () => true }
const device = new FakeStorage()
const aBrowser = () => new Kept('place', () => device, () => new FakeStorage())

/** A gateway that opens a conversation a key, and whose answers are lost or refused at will. */
function aGateway(...fates) {
  const keys = []
  return {
    keys,
    open: async (_, key) => {
      keys.push(key)
      const fate = fates.shift()
      if (fate) throw new ProblemError(fate)
      return { id: `c-${key}`, secret: 's', state: aState(), entries: [] }
    },
    list: async () => ({ conversations: [] })
  }
}

beforeEach(() => {
  device.all.clear()
  globalThis.navigator ??= {}
})

test('a key is thirty-two random bytes, never the same', () => {
  const keys = new Set(Array.from({ length: 50 }, newOpeningKey))
  assert.equal(keys.size, 50)
  for (const key of keys) assert.match(key, /^[\w-]{43}$/)
})

test('an opening tried again asks with the same key, also from another tab or after a reload', async () => {
  const api = aGateway({ code: 'network' }, { code: 'unavailable', status: 503 }, { code: 'too_many', status: 429 })
  for (let turn = 0; turn < 3; turn += 1) await assert.rejects(find(aBrowser(), api, NOBODY, STAYS))
  const { key } = await find(aBrowser(), api, NOBODY, STAYS)
  assert.equal(new Set(api.keys).size, 1)
  assert.equal(key.id, `c-${api.keys[0]}`)
})

test('the key is kept until the answer is there, and no longer', async () => {
  const kept = aBrowser()
  await assert.rejects(find(kept, aGateway({ code: 'network' }), NOBODY, STAYS))
  assert.ok(kept.openingKey)
  await find(kept, aGateway(), NOBODY, STAYS)
  assert.equal(kept.openingKey, null)
  assert.deepEqual([...device.all.keys()], [kept.keyName])
})

test('a key the gateway refuses is not tried for ever', async () => {
  const api = aGateway({ code: 'sign_in_needed', status: 401 })
  await assert.rejects(find(aBrowser(), api, NOBODY, STAYS))
  await find(aBrowser(), api, NOBODY, STAYS)
  assert.equal(new Set(api.keys).size, 2)
})

test('who left while it was being opened keeps nothing of it', async () => {
  const kept = aBrowser()
  let isStill = true
  const api = { ...aGateway(), open: async () => { isStill = false; kept.forget(); return { id: 'c', secret: 's', state: aState(), entries: [] } } }
  await find(kept, api, NOBODY, { isNew: false, isStill: () => isStill })
  assert.equal(kept.key, null)
  assert.equal(device.all.size, 0)
})
