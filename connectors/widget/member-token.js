// @ts-check
/** The member's token: asked from the insurer's page, kept in memory only, renewed before it expires. */

const MARGIN_MS = 60_000
const SHORTEST_MS = 5_000
const RETRY_MS = 10_000
const UNKNOWN_LIFE_MS = 5 * 60_000

/**
 * Give how long a JWT lives from *now*, in milliseconds. Read for the calendar only: the gateway is who verifies it.
 * A device whose clock is wrong must not ask for a token without end: its whole life then counts, halved.
 * @param {string} token
 * @param {number} now milliseconds
 */
export function lifeOf(token, now) {
  const { exp, iat } = claimsOf(token)
  if (typeof exp !== 'number') return UNKNOWN_LIFE_MS
  const left = exp * 1000 - now
  const whole = typeof iat === 'number' ? (exp - iat) * 1000 : UNKNOWN_LIFE_MS
  return left > 0 && left <= Math.max(whole, UNKNOWN_LIFE_MS) ? left : whole / 2
}

/** @param {string} token @returns {{exp?: unknown, iat?: unknown}} */
function claimsOf(token) {
  try {
    return JSON.parse(atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/'))) ?? {}
  } catch {
    return {}
  }
}

/**
 * Give the delay before the next renewal: one minute before the end, or half way for a short token.
 * @param {number} life milliseconds
 */
export function renewalDelay(life) {
  return Math.max(SHORTEST_MS, life > 2 * MARGIN_MS ? life - MARGIN_MS : life / 2)
}

export class MemberToken {
  #getToken
  #now
  #renewed
  #value = ''
  #until = 0
  #isStopped = false
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #timer

  /**
   * @param {() => Promise<string>|string} getToken given by the insurer's page
   * @param {(token: string) => void} renewed
   * @param {() => number} now
   */
  constructor(getToken, renewed, now = Date.now) {
    this.#getToken = getToken
    this.#renewed = renewed
    this.#now = now
  }

  /** The token in hand if it is still valid for a moment; empty otherwise. */
  get value() { return this.#value && this.#isAlive() ? this.#value : '' }

  /** Give a valid token, asking the page for it when needed; throws when the page has none. */
  async fresh() {
    if (!this.value) await this.#ask()
    return this.#value
  }

  /** Stop renewing and forget the token. */
  stop() {
    clearTimeout(this.#timer)
    this.#value = ''
    this.#isStopped = true
  }

  #isAlive() { return this.#until > this.#now() + 2_000 }

  async #ask() {
    const token = await this.#getToken()
    if (this.#isStopped || typeof token !== 'string' || !token) throw new Error('the page gave no token')
    const life = lifeOf(token, this.#now())
    this.#value = token
    this.#until = this.#now() + life
    this.#plan(renewalDelay(life))
  }

  /** @param {number} delay */
  #plan(delay) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#renew(), delay)
  }

  /** The page may be busy or offline: it is asked again, quietly, as long as the member stays. */
  async #renew() {
    try {
      await this.#ask()
      this.#renewed(this.#value)
    } catch {
      if (!this.#isStopped) this.#plan(RETRY_MS)
    }
  }
}
