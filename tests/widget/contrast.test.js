import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contrast, paletteOf, parsed } from '../../connectors/widget/contrast.js'

const GROUNDS = { light: ['#ffffff', '#f5f7f7', '#eef3f3'], dark: ['#12181a', '#1c2427', '#262f32'] }

test('whatever accent an insurer chooses, words stay readable on it and beside it', () => {
  for (let red = 0; red < 256; red += 51) {
    for (let green = 0; green < 256; green += 51) {
      for (let blue = 0; blue < 256; blue += 51) {
        const accent = `#${[red, green, blue].map((value) => value.toString(16).padStart(2, '0')).join('')}`
        const palette = paletteOf(accent)
        const between = (one, other) => contrast(parsed(one), parsed(other))
        assert.ok(between(palette['--chat-fill'], palette['--chat-on-fill']) >= 4.5, `${accent}: words on the fill`)
        for (const ground of GROUNDS.light) assert.ok(between(palette['--chat-accent-light'], ground) >= 4.5, `${accent} on ${ground}`)
        for (const ground of GROUNDS.dark) assert.ok(between(palette['--chat-accent-dark'], ground) >= 4.5, `${accent} on ${ground}`)
      }
    }
  }
})

test('the insurer’s own accent is left as it is when it is readable', () => {
  assert.equal(paletteOf('#0f5c63')['--chat-fill'], '#0f5c63')
})

test('what is not a colour becomes the default one', () => {
  for (const text of ['red;background:url(x)', '', null, undefined, '#12', 'var(--x)']) assert.equal(paletteOf(text)['--chat-fill'], '#0f5c63')
  assert.deepEqual(parsed('#0aF'), [0, 170, 255])
})
