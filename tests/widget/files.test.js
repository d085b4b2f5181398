import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'

const FOLDER = new URL('../../connectors/widget/', import.meta.url)
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.js'))
const source = (name) => readFileSync(new URL(name, FOLDER), 'utf8')
/** As it is served: comments on lines of their own are for readers of the source (connectors/web/files.py). */
const served = (name) => source(name).replace(/^[ \t]*(?:\/\*(?:(?!\*\/)[\s\S])*\*\/[ \t]*|\/\/[^\n]*)\n/gm, '')
const compressed = (name) => gzipSync(served(name)).length

test('the loader is at most 10 KB and the whole widget at most 60 KB, compressed', () => {
  const whole = files.filter((name) => name !== 'shapes.js').reduce((sum, name) => sum + compressed(name), 0)
  assert.ok(readFileSync(new URL('chat.js', FOLDER)).length <= 10 * 1024, `the loader: ${source('chat.js').length} bytes`)
  assert.ok(whole <= 60 * 1024, `the widget: ${whole} bytes`)
})

test('no HTML is ever parsed and no text is ever run', () => {
  for (const name of files) {
    assert.doesNotMatch(source(name), /innerHTML\s*=|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|\beval\(|new Function|setTimeout\(['"`]/, name)
  }
})

test('no other server is named: no CDN, no font, no measure of audience', () => {
  for (const name of files) {
    const addresses = source(name).match(/(?:https?|wss?):\/\/[\w.-]+/g) ?? []
    assert.deepEqual(addresses.filter((one) => one !== 'http://www.w3.org'), [], name)
  }
})

test('each module is checked by types and says what it is for', () => {
  for (const name of files) assert.match(source(name), /^\/\/ @ts-check\n\/\*\*/, name)
})

test('modules name one another beside themselves, with their ending', () => {
  for (const name of files) {
    for (const [, other] of source(name).matchAll(/^(?:import|export) .*from '([^']+)'/gm)) assert.ok(/^\.\/[\w.-]+\.js$/.test(other) && files.includes(other.slice(2)), `${name}: ${other}`)
  }
})

test('French is in fr.js: other modules hold no sentence, but the loader its two', () => {
  for (const name of files.filter((one) => !['fr.js', 'chat.js'].includes(one))) {
    assert.doesNotMatch(source(name).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ''), /['"`][^'"`\n]*[éèêàçùœ’«][^'"`\n]*['"`]/, name)
  }
})
