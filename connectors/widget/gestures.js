// @ts-check
/** What each press of the member does. */

import { fr } from './fr.js'
import { askToErase, askWhich } from './questions.js'

/** @typedef {import('./insurer-chat.js').InsurerChat} Chat */
/** @typedef {ReturnType<typeof gesturesOf>} Gestures */

/**
 * Give the gestures of a chat, by name: the parts of the panel take the ones they need.
 * @param {Chat} chat
 */
export function gesturesOf(chat) {
  const { conversation } = chat
  return {
    ...actsOf(chat),
    newQuestion: () => startNew(chat),
    close: () => chat.close(),
    escape: () => leaveInnermost(chat),
    choose: (/** @type {import('./shapes.js').Entry} */ entry, /** @type {import('./shapes.js').Button} */ button) => choose(chat, entry, button),
    retry: (clientId = '') => retry(chat, clientId),
    discard: (/** @type {string} */ clientId) => { chat.tell({ type: 'discarded', clientId }); chat.panel.focus() },
    send: (/** @type {string} */ text) => conversation.send(text),
    fill: (/** @type {string} */ name, /** @type {string} */ value) => conversation.acts.fill(name, value),
    typing: () => conversation.typing(),
    drafted: (/** @type {string} */ text) => { chat.kept.draft = text },
    fold: (/** @type {boolean} */ isFolded) => fold(chat, isFolded),
    rate: (/** @type {number} */ score, /** @type {string} */ comment) => void conversation.acts.rate(score, comment),
    more: () => chat.tell({ type: 'more' }),
    reachedEnd: () => chat.read(),
    quickExit: () => quickExit(chat),
    menu: menuOf(chat)
  }
}

/** Buttons of messages ask for these by the names of docs/entries.md. @param {Chat} chat */
function actsOf(chat) {
  return {
    handoff: () => void ask(chat, 'handoff'),
    write: () => void ask(chat, 'written'),
    back: () => void ask(chat, 'back'),
    signIn: () => askToSignIn(chat),
    startNew: () => startNew(chat)
  }
}

/** What was asked for is answered at the end of the log. @param {Chat} chat @param {string} act */
async function ask(chat, act) {
  await chat.conversation.acts.ask(act)
  chat.draw()
  chat.panel.log.toEnd()
}

/** @param {Chat} chat */
function menuOf(chat) {
  const { acts } = chat.conversation
  return {
    download: () => void download(chat),
    erase: () => askToErase(chat.panel.sheet, chat.panel.menu.button, () => void acts.erase()),
    list: () => void list(chat),
    newQuestion: () => startNew(chat),
    signIn: () => askToSignIn(chat),
    signOut: () => void signOut(chat),
    size: (/** @type {import('./menu.js').TextSize} */ size) => { chat.kept.textSize = size; chat.panel.setSize(size) },
    close: () => chat.close()
  }
}

/** The innermost thing that is open closes first. @param {Chat} chat */
function leaveInnermost(chat) {
  const { sheet, menu } = chat.panel
  if (sheet.isOpen) sheet.leave()
  else if (menu.isOpen) menu.leave()
  else chat.close()
}

/** @param {Chat} chat */
function startNew(chat) {
  void chat.conversation.startNew()
  chat.panel.focus()
}

/** @param {Chat} chat @param {boolean} isFolded */
function fold(chat, isFolded) {
  chat.tell({ type: 'waiting_folded', isFolded })
  chat.draw()
  const next = isFolded ? chat.panel.header.options : chat.panel.waiting.keep
  next.focus()
}

/** @param {Chat} chat @param {string} clientId empty: the whole conversation could not be reached */
function retry(chat, clientId) {
  if (clientId) chat.tell({ type: 'retried', clientId })
  else void chat.conversation.begin()
  chat.panel.focus()
}

/** Some buttons are gestures of the page; the others are answers to the assistant.
 * @param {Chat} chat @param {import('./shapes.js').Entry} entry @param {import('./shapes.js').Button} button */
function choose(chat, entry, button) {
  const { handoff, write, back, signIn } = actsOf(chat)
  const gestures = /** @type {Record<string, () => void>} */ ({ handoff, write, back, sign_in: signIn })
  if (button.act && Object.hasOwn(gestures, button.act)) gestures[button.act]()
  else chat.conversation.choose(entry.number, button)
  chat.panel.focus()
}

/** The page signs its members in, not the chat: it is asked to, and calls `signIn` when it is done. @param {Chat} chat */
function askToSignIn(chat) {
  if (!chat.emit('signin')) return
  if (chat.settings.signinUrl) location.assign(chat.settings.signinUrl)
  else chat.tell({ type: 'notice', notice: fr.problems.signInElsewhere })
}

/** Signing out here is known to the page only if it is told; what it then does is its own. @param {Chat} chat */
async function signOut(chat) {
  await chat.signOut()
  chat.emit('signout')
}

/** @param {Chat} chat */
async function download({ conversation }) {
  const page = await conversation.acts.transcript()
  if (!page) return
  const link = document.createElement('a')
  link.href = URL.createObjectURL(page)
  link.download = fr.fileName(new Date().toISOString().slice(0, 10))
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** @param {Chat} chat */
async function list({ conversation, panel }) {
  const conversations = await conversation.acts.list()
  if (!conversations) return
  const options = { currentId: conversation.id, now: new Date(), goTo: (/** @type {string} */ id) => conversation.goTo(id) }
  askWhich(panel.sheet, panel.menu.button, conversations, options)
}

/** Somebody may be coming: the words leave the screen and this device before anything else. @param {Chat} chat */
function quickExit({ panel, kept, conversation, settings }) {
  panel.node.hidden = true
  kept.isOpen = false
  panel.composer.fill('')
  conversation.leave()
  location.replace(settings.exitUrl || 'about:blank')
}
