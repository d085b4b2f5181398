// The website's part in the chat: hand over the token of the signed-in member, open the chat, sign out everywhere.
'use strict'

const TAG = 'insurer-chat'
const REOPEN = '#conversation'
const SIGN_OUT_LIMIT_MS = 2000

/** The chat's element, once its own script has made it ready; never, when the chat cannot be loaded. */
async function readyChat() {
  await customElements.whenDefined(TAG)
  const found = document.querySelector(TAG)
  if (found) return found
  return new Promise((resolve) => {
    const watch = new MutationObserver(() => {
      const chat = document.querySelector(TAG)
      if (chat) { watch.disconnect(); resolve(chat) }
    })
    watch.observe(document.documentElement, { childList: true, subtree: true })
  })
}

/** Asks for a fresh token; the chat calls it again before the token ends. */
async function getToken() {
  const answer = await fetch('/session/token', { method: 'POST', credentials: 'same-origin' })
  if (!answer.ok) throw new Error('not signed in')
  return (await answer.json()).token
}

/** The member asked the chat to sign in: this page does it, so the chat need not say that it cannot. */
function goToSignIn(event) {
  event.preventDefault()
  const back = location.pathname + REOPEN
  location.assign(`/connexion?retour=${encodeURIComponent(back)}`)
}

/** Buttons that need the chat stay invisible until it is there. */
function connectButtons(chat) {
  for (const button of document.querySelectorAll('[data-open-chat], [data-ask]')) {
    button.classList.remove('waits')
    button.addEventListener('click', () => (button.dataset.ask ? chat.ask(button.dataset.ask) : chat.open()))
  }
}

/** Signing out of the site also signs out of the chat, before the page goes away; a slow chat holds nobody back. */
function connectSignOut(chat) {
  const form = document.querySelector('form[data-sign-out]')
  form?.addEventListener('submit', async (event) => {
    event.preventDefault()
    const patience = new Promise((resolve) => { setTimeout(resolve, SIGN_OUT_LIMIT_MS) })
    try { await Promise.race([chat.signOut(), patience]) } finally { form.submit() }
  })
}

readyChat().then((chat) => {
  chat.addEventListener('insurer-chat-signin', goToSignIn)
  // Signed out by the chat's own menu: the site follows. `submit()` does not come back through connectSignOut.
  chat.addEventListener('insurer-chat-signout', () => document.querySelector('form[data-sign-out]')?.submit())
  if (document.body.dataset.signedIn === 'true') chat.signIn(getToken)
  connectButtons(chat)
  connectSignOut(chat)
  if (location.hash === REOPEN) {
    history.replaceState(null, '', location.pathname)
    chat.open()
  }
})
