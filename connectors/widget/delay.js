// @ts-check
/** How long to wait before trying again. */

const FIRST_MS = 500
const LONGEST_MS = 20_000

/**
 * Give the delay before try *attempt* (0, 1…): doubling, capped, and spread so that a thousand pages do not come back
 * in the same second.
 * @param {number} attempt
 * @param {() => number} random
 */
export function delayBefore(attempt, random) {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt)
  return longest * (0.5 + random() / 2)
}
