// @ts-check
/** Days, times and waits as a French reader expects them. Pure: « now » is an argument. */

import { fr } from './fr.js'
import { localDay } from './timeline.js'

const LONG_DAY = new Intl.DateTimeFormat('fr-FR', { weekday: 'long', day: 'numeric', month: 'long' })
const LONG_DAY_YEAR = new Intl.DateTimeFormat('fr-FR', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

/** @param {string} day YYYY-MM-DD. Noon keeps the day whatever the zone of the device. */
const noonOf = (day) => new Date(`${day.slice(0, 10)}T12:00:00`)

/**
 * Format `2026-11-24` as « mardi 24 novembre », with its year when it is not this year's.
 * @param {string} day
 * @param {Date} now
 */
export function dayInWords(day, now) {
  const when = noonOf(day)
  if (Number.isNaN(when.getTime())) return ''
  const format = when.getFullYear() === now.getFullYear() ? LONG_DAY : LONG_DAY_YEAR
  return format.format(when).replace(/(?<!\d)1 (?=\p{L})/u, '1er ').replace(/(\d(?:er)?) (?=\p{L})/u, '$1\u00a0')
}

/**
 * Format a due day inside a sentence: « le mardi 24 novembre ».
 * @param {string|null|undefined} day
 * @param {Date} now
 */
export const dueInWords = (day, now) => (day ? `le ${dayInWords(day, now)}` : '')

/**
 * Name the day of a separator: « Aujourd’hui », « Hier », « Lundi 23 novembre ».
 * @param {string} day
 * @param {Date} now
 */
export function separatorOf(day, now) {
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)
  if (day === localDay(now.toISOString())) return fr.log.today
  if (day === localDay(yesterday.toISOString())) return fr.log.yesterday
  const words = dayInWords(day, now)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/**
 * Format a moment as « 16 h 05 », in the reader's own zone.
 * @param {string|undefined} moment
 */
export function timeOf(moment) {
  const when = new Date(moment ?? '')
  if (Number.isNaN(when.getTime())) return ''
  return `${when.getHours()}\u00a0h\u00a0${String(when.getMinutes()).padStart(2, '0')}`
}

/**
 * Say an honest range of seconds in minutes: the low end rounded down, the high end up.
 * @param {[number, number]} range
 */
export function waitInWords([low, high]) {
  const from = Math.floor(low / 60)
  const to = Math.ceil(high / 60)
  if (to <= 1) return fr.wait.underOne
  if (from >= 60) return fr.wait.overHour
  if (from < 1) return fr.wait.under(to)
  return from === to ? fr.wait.about(to) : fr.wait.between(from, to)
}
