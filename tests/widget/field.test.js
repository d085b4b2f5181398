import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Acts } from '../../connectors/widget/acts.js'
import { Api, ProblemError } from '../../connectors/widget/api.js'
import { TYPED, asksField } from '../../connectors/widget/field.js'
import { sentenceOf } from '../../connectors/widget/lines.js'
import { NOON, anEntry } from './makers.js'

const card = (data) => anEntry(1, { kind: 'card', body: { card: 'field', text: 'Votre code ?', data } })
const acts = (api) => new Acts({ api, id: () => 'c1', chat: () => ({ busy: [] }), tell: () => assert.fail('nothing is kept'), token: async () => '', leave: () => {} })

test('each kind of field is typed as phones and password managers expect it', () => {
  assert.equal(TYPED.code.autocomplete, 'one-time-code')
  assert.equal(TYPED.code.inputmode, 'numeric')
  assert.deepEqual([TYPED.email.type, TYPED.phone.type, TYPED.bank_details.autocomplete], ['email', 'tel', 'off'])
})

test('a field of a kind of tomorrow is shown by its words', () => {
  assert.equal(asksField(card({ name: 'code', label: 'Code', kind: 'code' })), true)
  assert.equal(asksField(card({ name: 'face', label: 'Visage', kind: 'constructor' })), false)
  assert.equal(asksField(card(undefined)), false)
})

test('a value goes in the body of its own call, and into nothing this page keeps', async () => {
  const calls = []
  const api = new Api('https://x/api/v1/', async (url, { body }) => { calls.push([url, body]); return new Response('{}', { status: 201 }) })
  assert.equal(await acts(api).fill('code', '123456'), '')
  assert.deepEqual(calls, [['https://x/api/v1/conversations/c1/fields/code', '{"value":"123456"}']])
})

test('a refusal is told beside the field, in French', async () => {
  const api = { field: async () => { throw new ProblemError({ code: 'code_wrong', title: 'Ce code n’est pas le bon.' }) } }
  assert.equal(await acts(api).fill('code', '000000'), 'Ce code n’est pas le bon.')
})

test('what was given is told by its masked form, or its end', () => {
  const said = (body) => sentenceOf(anEntry(1, { kind: 'form', author: 'member', body }), NOON).replaceAll('\u00a0', ' ')
  assert.equal(said({ label: 'Nouveau portable', ending: '', shown: '06 •• •• •• 42' }), 'Nouveau portable : bien reçu (06 •• •• •• 42).')
  assert.equal(said({ label: 'RIB', ending: '0189' }), 'RIB : bien reçu, se termine par 0189.')
})
