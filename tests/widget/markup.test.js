import assert from 'node:assert/strict'
import { test } from 'node:test'
import { blocksOf, piecesOf, plainOf } from '../../connectors/widget/markup.js'

const texts = (pieces) => pieces.map(({ text, isBold, href }) => (href ? `<${href}>` : isBold ? `*${text}*` : text))

test('paragraphs, line breaks, bold and lists become blocks', () => {
  const blocks = blocksOf('Bonjour **à tous**.\nDeuxième ligne.\n\n- un\n- **deux**\n\n1. premier\n2. second\n\nFin.')
  assert.deepEqual(blocks.map(({ type }) => type), ['paragraph', 'bullets', 'numbers', 'paragraph'])
  assert.equal(blocks[0].lines.length, 2)
  assert.deepEqual(texts(blocks[0].lines[0]), ['Bonjour ', '*à tous*', '.'])
  assert.deepEqual(blocks[1].items.map(texts), [['un'], ['*deux*']])
  assert.equal(blocks[2].items.length, 2)
})

test('a list that begins in the middle of a count keeps its number', () => {
  assert.equal(blocksOf('3. trois')[0].start, 3)
})

test('HTML is words like any others', () => {
  const [block] = blocksOf('<img src=x onerror=alert(1)> & <b>')
  assert.deepEqual(texts(block.lines[0]), ['<img src=x onerror=alert(1)> & <b>'])
})

test('only https addresses and French phone numbers become links', () => {
  assert.deepEqual(texts(piecesOf('Voir https://exemple.fr/page?x=1. Puis appelez le 01 47 11 73 77.')), ['Voir ', '<https://exemple.fr/page?x=1>', '. Puis appelez le ', '<tel:0147117377>', '.'])
  for (const hostile of ['javascript:alert(1)', 'http://exemple.fr', 'data:text/html,x', 'JAVASCRIPT:x', 'dossier 0012345678 90']) {
    assert.deepEqual(texts(piecesOf(hostile)), [hostile])
  }
})

test('stars that are not a pair stay stars', () => {
  assert.deepEqual(texts(piecesOf('2 ** 3 et **')), ['2 ** 3 et **'])
})

test('an absent text is an empty one', () => {
  assert.deepEqual(blocksOf(undefined), [])
  assert.deepEqual(blocksOf('\n\n  \n'), [])
})

test('the plain text keeps the words and loses the marks', () => {
  assert.equal(plainOf('**Un** :\n\n- a\n- b'), 'Un : a b')
})

test('a megabyte of marks is read in a moment', () => {
  const before = performance.now()
  for (const text of ['*'.repeat(1e6), '**a'.repeat(3e5), '- '.repeat(5e5), 'https://'.repeat(1e5), '0 '.repeat(5e5)]) blocksOf(text)
  assert.ok(performance.now() - before < 1500, `${performance.now() - before} ms`)
})
