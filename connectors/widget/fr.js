// @ts-check
/** Every word a member reads or hears in the chat. French, plain, `vous`. Spaces that must not break are put at the end. */

const NBSP = '\u00a0'

/** Put the non-breaking spaces French wants. @param {string} text */
export const typography = (text) => text.replace(/ ([?!;:»%€])/g, `${NBSP}$1`).replace(/« /g, `«${NBSP}`)

/** @template {(...values: any[]) => string} F @param {F} say @returns {F} */
const spoken = (say) => /** @type {F} */ ((/** @type {any[]} */ ...values) => typography(say(...values)))

/** @template T @param {T} words @returns {T} */
function typographed(words) {
  if (typeof words === 'string') return /** @type {T} */ (typography(words))
  if (typeof words === 'function') return /** @type {T} */ (spoken(/** @type {any} */ (words)))
  return /** @type {T} */ (Object.fromEntries(Object.entries(/** @type {any} */ (words)).map(([name, value]) => [name, typographed(value)])))
}

/** « Camille, conseillère » stays; a bare first name says which side it speaks for. @param {string|null|undefined} name */
const advisor = (name) => (!name ? 'un conseiller' : /conseil/i.test(name) ? name : `${name}, service conseil`)

export const fr = typographed({
  assistant: 'Assistant automatique',
  you: 'Vous',
  insurer: 'Votre mutuelle',
  advisor,
  initials: (/** @type {string} */ name) => name.split(/[\s,]+/)[0].slice(0, 1).toUpperCase(),
  said: (/** @type {string} */ who, /** @type {string} */ text) => `${who} : ${text}`,
  answersOffered: (/** @type {string[]} */ titles) =>
    titles.length === 1 ? `Une réponse proposée : ${titles[0]}.` : `${titles.length} réponses proposées : ${titles.join(', ')}.`,

  header: {
    close: 'Fermer la messagerie', menu: 'Menu',
    waiting: 'En attente d’un conseiller', written: 'Message sécurisé'
  },
  line: {
    idle: '', connecting: 'Connexion…', online: 'Connecté', reconnecting: 'Reconnexion…', offline: 'Hors ligne'
  },
  lineSaid: {
    idle: '', connecting: '', online: 'La connexion est rétablie.', reconnecting: 'Connexion perdue. Nouvel essai en cours.',
    offline: 'Vous êtes hors ligne. Vos messages partiront au retour du réseau.'
  },
  bar: {
    handoff: 'Parler à un conseiller',
    advisor: (/** @type {string} */ name) => `Vous parlez à ${advisor(name)}`,
    written: 'Réponse écrite', writtenBy: (/** @type {string} */ day) => (day ? `au plus tard ${day}` : 'par un conseiller'),
    next: 'C’est bientôt à vous', position: (/** @type {number} */ position) => `${position}e position`, range: (/** @type {string} */ range) => `Attente : ${range}`,
    unknown: 'Durée d’attente non connue',
    newQuestion: 'Nouvelle question'
  },
  assistantState: {
    starting: 'L’assistant démarre. Vous pouvez déjà écrire votre question : il y répondra dans un instant.',
    away: 'L’assistant est indisponible pour le moment. Un conseiller peut vous répondre.'
  },
  log: {
    label: 'Conversation', more: 'Afficher les messages précédents', latest: 'Aller au dernier message',
    newMessages: (/** @type {number} */ count) => (count > 1 ? `${count} nouveaux messages` : 'Nouveau message'),
    today: 'Aujourd’hui', yesterday: 'Hier', opening: 'Ouverture de la conversation…'
  },
  composer: {
    label: 'Votre message', placeholder: 'Écrivez votre message', writtenPlaceholder: 'Écrivez votre message au conseiller',
    send: 'Envoyer',
    notice: 'N’écrivez ni numéro de Sécurité sociale, ni coordonnées bancaires, ni détail médical.',
    left: (/** @type {number} */ count) => (count > 1 ? `Encore ${count} caractères` : `Encore ${count} caractère`),
    over: (/** @type {number} */ count) => `Message trop long : ${count} ${count > 1 ? 'caractères' : 'caractère'} de trop`
  },
  pending: {
    sending: 'Envoi…', held: 'En attente d’envoi', sent: 'Envoyé', failed: 'Message non envoyé.',
    retry: 'Réessayer', discard: 'Supprimer', timeout: 'Le serveur n’a pas répondu.'
  },
  typing: {
    assistant: 'L’assistant prépare une réponse', advisor: (/** @type {string|null} */ name) => `${name || 'Votre conseiller'} écrit`
  },
  waiting: {
    title: 'Un conseiller va vous répondre',
    first: 'Vous êtes la prochaine personne.',
    position: (/** @type {number} */ position) => `Vous êtes en ${position}e position.`,
    unknown: 'Le temps d’attente n’est pas connu pour le moment.',
    range: (/** @type {string} */ range) => `Attente estimée : ${range}.`,
    keepWriting: 'Vous pouvez continuer à écrire : le conseiller lira tout.',
    keep: 'Continuer à attendre', write: 'Écrire un message sécurisé', back: 'Revenir à l’assistant', options: 'Mes options'
  },
  wait: {
    underOne: 'moins d’une minute', under: (/** @type {number} */ high) => `moins de ${high} minutes`,
    about: (/** @type {number} */ count) => (count === 1 ? 'environ une minute' : `environ ${count} minutes`),
    between: (/** @type {number} */ low, /** @type {number} */ high) => `entre ${low} et ${high} minutes`,
    overHour: 'plus d’une heure'
  },
  menu: {
    label: 'Menu de la messagerie', download: 'Télécharger la conversation', erase: 'Effacer la conversation',
    signIn: 'Me connecter', signOut: 'Me déconnecter', newQuestion: 'Nouvelle question', list: 'Mes conversations',
    size: 'Taille du texte', sizes: { normal: 'Normale', large: 'Grande', larger: 'Très grande' }, close: 'Fermer'
  },
  erase: {
    title: 'Effacer cette conversation ?',
    text: 'Son contenu sera supprimé définitivement, ici et chez votre mutuelle. Une demande déjà enregistrée reste suivie.',
    confirm: 'Effacer', cancel: 'Garder'
  },
  list: {
    title: 'Mes conversations', empty: 'Aucune autre conversation.', current: 'Conversation ouverte',
    live: 'Conversation', written: 'Message sécurisé', closed: 'terminée', open: 'en cours', cancel: 'Fermer',
    at: (/** @type {string} */ day, /** @type {string} */ time) => `${day} à ${time}`,
    due: (/** @type {string} */ day) => `réponse au plus tard ${day}`
  },
  trouble: {
    unreachable: { title: 'Connexion impossible pour l’instant', text: 'Nous réessayons tout seuls. Vous pouvez déjà écrire : votre message partira dès que possible.', retry: 'Réessayer maintenant' },
    sign_in_needed: { title: 'Cette conversation est protégée', text: 'Elle est liée à votre compte. Connectez-vous pour la retrouver, ou commencez-en une autre.', retry: 'Me connecter' },
    gone: { title: 'Cette conversation n’est plus disponible', text: 'Vous pouvez en commencer une nouvelle.', retry: '' },
    erased: { title: 'La conversation est effacée', text: 'Vous pouvez en commencer une nouvelle quand vous le souhaitez.', retry: '' },
    newConversation: 'Nouvelle conversation'
  },
  masked: {
    label: 'Par sécurité',
    kinds: { nir: 'un numéro de Sécurité sociale', iban: 'des coordonnées bancaires', card: 'un numéro de carte', password: 'un mot de passe', email: 'une adresse e-mail', phone: 'un numéro de téléphone', other: 'une donnée personnelle' },
    text: (/** @type {string} */ what) => `Nous avons masqué ${what} : rien n’en a été conservé.`
  },
  safety: {
    title: 'Votre sécurité d’abord', call: (/** @type {string} */ number) => `Appeler le ${number}`,
    text: (/** @type {string} */ number) => `Envoyer un SMS au ${number}`,
    exit: 'Quitter vite cette page', exitShort: 'Quitter vite', exitHint: 'La page change aussitôt et cette conversation n’apparaît plus sur cet appareil.'
  },
  act: { done: 'C’est fait', refused: 'Ce n’est pas fait', pending: 'En cours' },
  card: {
    acronyms: 'Ce que veulent dire ces lettres', uncertain: 'sens le plus probable', example: 'Exemple de calcul',
    exampleLabel: 'Étape', exampleAmount: 'Montant', summary: 'Vérifiez avant d’envoyer', due: 'Réponse au plus tard',
    table: 'Dans votre dossier', document: 'Votre document',
    open: (/** @type {string} */ title) => `Ouvrir : ${title}`,
    size: (/** @type {number} */ bytes) => `PDF, ${Math.max(1, Math.round(bytes / 1024))} Ko`,
    empty: 'Non renseigné', chosen: 'Votre choix'
  },
  field: {
    send: 'Valider', empty: 'Remplissez ce champ.', filled: 'C’est reçu.', outdated: 'Ce champ n’est plus demandé.',
    safe: 'Ce que vous tapez ici part directement chez votre mutuelle. Rien n’en est gardé dans la conversation.'
  },
  passed: 'Ce qui est transmis au conseiller',
  link: { newWindow: 'nouvelle fenêtre' },
  rating: {
    title: 'Votre avis (facultatif)', question: 'Avez-vous obtenu une réponse à votre question ?',
    scores: { 1: 'Pas du tout', 2: 'Plutôt non', 3: 'En partie', 4: 'Plutôt oui', 5: 'Tout à fait' },
    comment: 'Que pourrions-nous améliorer ?', send: 'Envoyer mon avis', thanks: 'Merci pour votre avis.'
  },
  lines: {
    erasedMessage: 'Message effacé',
    identity: 'Votre identité est vérifiée.',
    identityLost: 'La connexion à votre compte a pris fin.',
    handoff: 'Votre demande est transmise à un conseiller.',
    toAdvisor: (/** @type {string|null} */ name) => `Vous parlez maintenant à ${advisor(name)}.`,
    toAssistant: 'Vous parlez de nouveau à l’assistant automatique.',
    toDesk: 'Votre conversation attend un conseiller.',
    transferred: 'Votre conversation passe à un autre conseiller. Il verra tout l’échange.',
    written: 'Votre demande est maintenant un message sécurisé.',
    writtenAbout: (/** @type {string} */ subject) => `Votre demande est maintenant un message sécurisé : ${subject}.`,
    live: 'La conversation continue en direct.',
    promise: (/** @type {string} */ day) => `Un conseiller vous répondra par écrit au plus tard ${day}.`,
    promiseWait: (/** @type {string} */ range) => `Attente estimée : ${range}.`,
    promiseBroken: 'Le délai annoncé est dépassé. Votre demande est toujours suivie.',
    closed: (/** @type {string|null} */ name) => (name ? `${name} a terminé l’échange.` : 'L’échange est terminé.'),
    closedHint: 'Pour continuer, écrivez simplement votre message.',
    reopened: 'La conversation reprend.',
    acknowledged: 'Votre demande a bien été reçue.',
    complaint: 'Votre réclamation est enregistrée.',
    documentRequested: 'Un document vous est demandé.',
    documentDecided: 'Votre document a été examiné.',
    verdict: 'Votre fichier a été vérifié.',
    notice: 'Un avis vous a été envoyé.',
    fileEdited: 'Le dossier transmis au conseiller est mis à jour.',
    erased: 'Cette conversation a été effacée.',
    form: (/** @type {string} */ label, /** @type {string} */ ending, /** @type {string|undefined} */ shown) => shown ? `${label} : bien reçu (${shown}).` : (ending ? `${label} : bien reçu, se termine par ${ending}.` : `${label} : bien reçu.`),
    attachment: (/** @type {string} */ name) => `Pièce jointe : ${name}`
  },
  problems: {
    network: 'Le réseau ne répond pas. Réessayez dans un instant.',
    internal: 'Quelque chose n’a pas fonctionné. Réessayez dans un instant.',
    sessionEnded: 'Votre session a pris fin. Reconnectez-vous pour continuer avec vos données.',
    signInFailed: 'La connexion à votre compte n’a pas abouti. Vous pouvez continuer sans compte.',
    signInElsewhere: 'La connexion se fait sur le site de votre mutuelle, dans votre espace personnel.'
  },
  fileName: (/** @type {string} */ day) => `conversation-${day}.html`
})
