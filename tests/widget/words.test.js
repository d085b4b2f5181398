import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayInWords, dueInWords, separatorOf, timeOf, waitInWords } from '../../connectors/widget/dates.js'
import { fr } from '../../connectors/widget/fr.js'
import { announcementOf, authorOf, maskedNotice, sentenceOf } from '../../connectors/widget/lines.js'
import { NOON, anEntry } from './makers.js'

const line = (kind, body) => sentenceOf(anEntry(1, { kind, author: 'system', body }), NOON).replaceAll('\u00a0', ' ')

test('a change of speaker names who speaks now', () => {
  assert.equal(line('floor_changed', { to: 'advisor', name: 'Camille, conseillère' }), 'Vous parlez maintenant à Camille, conseillère.')
  assert.equal(line('floor_changed', { to: 'advisor', name: 'Camille' }), 'Vous parlez maintenant à Camille, service conseil.')
  assert.equal(line('floor_changed', { to: 'assistant', from: 'desk' }), 'Vous parlez de nouveau à l’assistant automatique.')
})

test('a promise gives its date, a wait its honest range', () => {
  assert.equal(line('promise', { what: 'written_answer', due_on: '2026-11-24' }), 'Un conseiller vous répondra par écrit au plus tard le mardi 24 novembre.')
  assert.equal(line('promise', { what: 'wait', wait_s: [100, 340] }), 'Attente estimée : entre 1 et 6 minutes.')
})

test('signing out is not told as a proof of identity', () => {
  assert.equal(line('identity_proven', { level: 1, how: 'token' }), fr.lines.identity)
  assert.equal(line('identity_proven', { level: 1, how: 'sign_out' }), fr.lines.identityLost)
})

test('a kind of tomorrow shows its text, an erased one says so', () => {
  assert.equal(line('constructor', { text: 'Bientôt.' }), 'Bientôt.')
  assert.equal(line('something_new', {}), '')
  assert.equal(sentenceOf(anEntry(1, { kind: 'promise', body: null }), NOON), fr.lines.erasedMessage)
})

test('the first of a month is « 1er », another year is said', () => {
  assert.equal(dayInWords('2026-12-01', NOON), 'mardi 1er\u00a0décembre')
  assert.equal(dayInWords('2027-01-11', NOON), 'lundi 11\u00a0janvier 2027')
  assert.equal(dueInWords(null, NOON), '')
})

test('days and times are the reader’s', () => {
  assert.equal(separatorOf('2026-11-23', NOON), 'Aujourd’hui')
  assert.equal(separatorOf('2026-11-22', NOON), 'Hier')
  assert.equal(separatorOf('2026-11-20', NOON), 'Vendredi 20\u00a0novembre')
  assert.equal(timeOf(new Date(2026, 10, 23, 9, 5).toISOString()), '9\u00a0h\u00a005')
  assert.equal(timeOf('nonsense'), '')
})

test('a wait is rounded outwards: never shorter than promised', () => {
  const cases = [[[0, 50], 'moins d’une minute'], [[30, 200], 'moins de 4 minutes'], [[60, 60], 'moins d’une minute'], [[300, 300], 'environ 5 minutes'], [[185, 600], 'entre 3 et 10 minutes'], [[4000, 9000], 'plus d’une heure']]
  for (const [range, words] of cases) assert.equal(waitInWords(range), words)
})

test('a screen reader hears the author, the words and the answers offered, without the marks', () => {
  const body = { text: '**Oui**.\n- a', buttons: [{ id: 'a', title: 'Merci' }, { id: 'b', title: 'Encore' }] }
  assert.equal(announcementOf(anEntry(1, { body }), true, NOON).replaceAll('\u00a0', ' '), 'Assistant automatique : Oui. a 2 réponses proposées : Merci, Encore.')
  assert.equal(authorOf(anEntry(1, { author: 'advisor', author_name: 'Camille, conseillère' })), 'Camille, conseillère')
})

test('masked identifiers are explained by what they were, once each', () => {
  assert.equal(maskedNotice({ text: '…', masked: ['nir', 'nir', 'iban'] }), 'Nous avons masqué un numéro de Sécurité sociale et des coordonnées bancaires\u00a0: rien n’en a été conservé.')
  assert.equal(maskedNotice({ text: '…' }), '')
  assert.match(maskedNotice({ masked: ['unheard'] }), /une donnée personnelle/)
})

test('French punctuation never begins a line', () => {
  const every = JSON.stringify(flattened(fr))
  assert.doesNotMatch(every, / [?!;:»]|« /)
})

/** Every word of the file, functions called with plausible values. */
function flattened(words) {
  return Object.values(words).flatMap((value) => {
    if (typeof value === 'function') return [value(...(value.length > 1 ? [3, 4] : [value.toString().includes('titles') ? ['a', 'b'] : 'x']))].map(String)
    return typeof value === 'string' ? [value] : flattened(value)
  })
}
