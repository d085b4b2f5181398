// @ts-check
/** The look of the panel, as a constructable stylesheet: a strict security policy of the page does not stop it. */

// Both schemes keep every pair of words and ground at 4.5:1 or more; the accent is made readable by contrast.js.
const COLOURS = `
.panel {
  --fill: var(--chat-fill, #0f5c63); --on-fill: var(--chat-on-fill, #fff); --accent: var(--chat-accent-light, #0f5c63);
  --ground: #f5f7f7; --surface: #fff; --sunken: #eef3f3; --text: #1c2629; --muted: #566569; --line: #dde4e5; --edge: #7b898d;
  --bad: #9a2c1b; --bad-ground: #fdf2ef; --bad-line: #e7b9ae; --good: #17663a; --good-ground: #eff8f2; --good-line: #b5d9c3;
  --warm: #7a4b06; --warm-ground: #fdf6e8; --warm-line: #ead3a4;
  --shadow: 0 1px 2px rgb(16 38 42 / .08), 0 12px 40px rgb(16 38 42 / .22);
}
@media (prefers-color-scheme: dark) { .panel {
  --accent: var(--chat-accent-dark, #7cc5cc);
  --ground: #12181a; --surface: #1c2427; --sunken: #262f32; --text: #e7edee; --muted: #a6b3b6; --line: #323d41; --edge: #7d8c90;
  --bad: #f4a898; --bad-ground: #2d1b18; --bad-line: #6d3b31; --good: #8fd3aa; --good-ground: #16271d; --good-line: #2f5a41;
  --warm: #efc983; --warm-ground: #2a2214; --warm-line: #5f4c23;
  --shadow: 0 1px 2px rgb(0 0 0 / .5), 0 12px 40px rgb(0 0 0 / .6);
} }`

const FRAME = `
.panel { all: initial; } /* nothing of the page's own style comes in */
.panel, .panel * { box-sizing: border-box; }
.vh { position: absolute !important; width: 1px; height: 1px; margin: -1px; padding: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; border: 0; }
.panel { position: fixed; right: var(--chat-offset-x, 20px); bottom: calc(var(--chat-offset-y, 20px) + env(safe-area-inset-bottom, 0px)); z-index: var(--chat-z, 2147483000);
  display: flex; flex-direction: column; container: panel / inline-size; width: min(410px, calc(100vw - 40px)); height: min(740px, calc(100dvh - 40px)); overflow: hidden;
  border: 1px solid var(--line); border-radius: var(--chat-radius, 16px); background: var(--ground); color: var(--text); box-shadow: var(--shadow);
  font-family: var(--face); font-size: max(16px, 1rem); line-height: 1.5; color-scheme: light dark; animation: come .18s ease-out; }
.panel[data-size="large"] { font-size: max(19px, 1.1875rem); width: min(470px, calc(100vw - 40px)); }
.panel[data-size="larger"] { font-size: max(23px, 1.4375rem); width: min(560px, calc(100vw - 40px)); }
.panel:focus { outline: none; }
:where(.panel) :where(p, h2, h3, ul, ol, dl, dd, fieldset, table) { margin: 0; padding: 0; border: 0; min-width: 0; font: inherit; }
:where(.panel ul) { list-style: none; }
:where(.panel) :where(button, textarea) { margin: 0; font: inherit; color: inherit; letter-spacing: inherit; }
.icon { flex: none; width: 1.25em; height: 1.25em; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.icon-menu { stroke-width: 3; }
:host([data-side="left"]) .panel { right: auto; left: var(--chat-offset-x, 20px); }
@keyframes come { from { opacity: 0; transform: translateY(10px); } }
@media (max-width: 520px), (max-height: 480px) {
  .panel, .panel[data-size] { inset: var(--chat-top, 0) 0 auto 0; width: 100vw; height: var(--chat-height, 100dvh); border: 0; border-radius: 0; }
}
:host([data-display="page"]) { display: block; }
:host([data-display="page"]) .panel { inset: var(--chat-top, 0) 0 auto 0; width: 100%; max-width: 820px; margin: 0 auto; height: var(--chat-height, 100dvh); border-width: 0; border-radius: 0; box-shadow: none; animation: none; }
:host([data-display="page"]) .panel .header > .round:last-of-type { display: none; }`

const HEADER = `
.header { position: relative; z-index: 3; display: flex; align-items: center; padding: .75em .5em .75em 1em; background: var(--fill); color: var(--on-fill); }
.avatar { flex: none; display: grid; place-items: center; width: 2.5em; height: 2.5em; border-radius: 50%; background: color-mix(in srgb, var(--on-fill) 16%, transparent); font-weight: 600; }
.titles { flex: 1; min-width: 0; padding-inline-start: .75em; container: titles / inline-size; }
.insurer { font-size: 1.0625em; font-weight: 600; line-height: 1.3; overflow-wrap: anywhere; }
.presence { display: flex; flex-wrap: wrap; column-gap: .6em; font-size: .875em; line-height: 1.35; }
.connection { display: inline-flex; align-items: center; gap: .4em; }
.connection::before { content: ""; width: .5em; height: .5em; border-radius: 50%; border: 1.5px solid currentColor; }
.connection[data-line="online"]::before { background: #7fe0a3; border-color: #7fe0a3; }
.connection[data-line="idle"] { visibility: hidden; }
@container panel (max-width: 17em) { .avatar { display: none; } }
@container titles (max-width: 15em) { .connection[data-line="online"] > span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; } }
.round { flex: none; display: grid; place-items: center; width: 2.75em; height: 2.75em; padding: 0; border: 1px solid transparent; border-radius: 50%; background: transparent; cursor: pointer; }
.header .round:hover, .header .round[aria-expanded="true"] { background: color-mix(in srgb, var(--on-fill) 16%, transparent); }
.bar { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .5em; min-height: 3.5em; padding: .375em .75em; border-bottom: 1px solid var(--line); background: var(--surface); }
.bar-words { flex: 1; min-width: 9em; padding-inline-start: .25em; font-size: .9375em; line-height: 1.35; font-weight: 600; }
.bar-words small { display: block; font-size: .9375em; font-weight: 400; color: var(--muted); }
.panel .exit { border-color: var(--text); background: var(--text); color: var(--surface); }
.panel .exit:hover:not(:disabled) { background: var(--text); text-decoration: underline; }
.panel .handoff { flex: 1; justify-content: center; border-color: transparent; background: var(--sunken); }
.panel .handoff:hover { border-color: var(--accent); }
.banner { padding: .625em 1em; border-bottom: 1px solid var(--warm-line); background: var(--warm-ground); color: var(--warm); font-size: .9375em; line-height: 1.4; }`

const BUTTONS = `
.button { display: inline-flex; align-items: center; gap: .45em; min-height: 2.5em; padding: .4em 1em; border: 1.5px solid var(--accent); border-radius: 1.4em; background: var(--surface); color: var(--accent); font-weight: 500; line-height: 1.25; text-align: start; overflow-wrap: anywhere; cursor: pointer; transition: background-color .12s; }
.button:hover:not(:disabled) { background: var(--sunken); }
.panel .button-main { background: var(--fill); border-color: var(--fill); color: var(--on-fill); }
.button-main:hover:not(:disabled) { background: color-mix(in srgb, var(--fill) 88%, #000); }
.panel .button-danger { background: var(--bad); border-color: var(--bad); color: var(--surface); }
.button-danger:hover:not(:disabled) { background: var(--bad); text-decoration: underline; }
.button-small { min-height: 2.25em; padding: .3em .85em; font-size: .875em; }
.button-quiet { border-color: transparent; background: transparent; }
.panel .button:disabled { border-color: var(--line); background: transparent; color: var(--muted); cursor: default; font-weight: 400; }
.panel .button[data-status="chosen"]:disabled { border-color: var(--accent); color: var(--accent); background: var(--sunken); font-weight: 500; }
.panel :is(button, textarea, a, summary, input, .log, .sheet-title):focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.panel .log:focus-visible { outline-offset: -3px; }
.panel .header > .round:focus-visible { outline-color: var(--on-fill); outline-offset: -3px; }
.panel .field textarea:focus-visible { outline: none; }
.panel a { color: var(--accent); text-decoration: underline; text-underline-offset: .15em; overflow-wrap: anywhere; }`

const LOG = `
.log-frame { position: relative; flex: 1; min-height: 0; display: flex; }
.log { flex: 1; min-width: 0; overflow-y: auto; overscroll-behavior: contain; scrollbar-gutter: stable; padding: .25em .75em .5em 1em; }
.log[tabindex]:focus { outline-offset: -3px; }
.more { display: flex; margin: .5em auto; }
.latest { position: absolute; right: 1.25em; bottom: .25em; display: inline-flex; align-items: center; justify-content: center; gap: .4em; min-width: 44px; min-height: 44px; padding: 0; border: 1px solid var(--line); border-radius: 999px; background: var(--surface); box-shadow: 0 2px 10px rgb(16 38 42 / .2); font-size: .875em; font-weight: 600; white-space: nowrap; cursor: pointer; }
.latest:not(.has-news) > span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.latest.has-news { padding: 0 1.1em; background: var(--fill); border-color: var(--fill); color: var(--on-fill); }
.day { display: flex; align-items: center; gap: .75em; margin: 1em 0 .5em; color: var(--muted); font-size: .8125em; }
/* The day is said when it is not today's, or when there is another above. */
.rows > .is-today:first-child { display: none; }
.day::before, .day::after { content: ""; flex: 1; height: 1px; background: var(--line); }
.line { margin: 1em auto; padding: 0 .5em; max-width: 34em; color: var(--muted); font-size: .875em; line-height: 1.45; text-align: center; }
.line-strong > p:first-child { display: inline-block; padding: .4em 1em; border-radius: 1.2em; background: var(--sunken); color: var(--text); font-weight: 500; }
.line details { margin-top: .5em; text-align: start; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); color: var(--text); }
.line summary { padding: .7em 1em; border-radius: 12px; cursor: pointer; font-weight: 500; color: var(--accent); }
.line details ul { padding: 0 1em .75em 2.25em; list-style: disc; }
.message { display: flex; flex-direction: column; align-items: flex-start; margin-top: .3em; }
.message.first { margin-top: 1em; }
.signature { display: flex; flex-wrap: wrap; gap: .35em; margin: 0 0 .25em .125em; color: var(--muted); font-size: .8125em; line-height: 1.4; }
.author { font-weight: 600; }
.bubble { max-width: min(92%, 34em); padding: .65em .95em; border: 1px solid var(--line); border-radius: 4px 16px 16px 16px; background: var(--surface); overflow-wrap: anywhere; }
.message:not(.first) .bubble { border-top-left-radius: 12px; }
.from-advisor .bubble { background: var(--sunken); border-color: transparent; }
.from-member { align-items: flex-end; }
.from-member .signature { margin: 0 .125em .25em 0; }
.panel .from-member .bubble { max-width: 85%; border-color: transparent; border-radius: 16px 4px 16px 16px; background: var(--fill); color: var(--on-fill); }
.from-member:not(.first) .bubble { border-top-right-radius: 12px !important; }
.panel .from-member.is-failed .bubble { background: var(--surface); color: var(--text); border-color: var(--bad-line); }
.panel .bubble.is-erased { background: transparent; border: 1px dashed var(--edge); color: var(--muted); font-style: italic; }
.as-typed { white-space: pre-wrap; }
:is(.bubble, .card) > * + :is(p, ul, ol) { margin-top: .6em; }
.panel :is(.bubble, .card) > ul:not(.numbers) { list-style: disc; padding-inline-start: 1.25em; }
.panel :is(.bubble, .card) > ol { padding-inline-start: 1.5em; }
:is(.bubble, .card) li + li { margin-top: .25em; }
.fate { display: flex; align-items: center; gap: .3em; margin-top: .25em; color: var(--muted); font-size: .8125em; }
.fate .icon { width: 1.1em; height: 1.1em; }
.fate.is-failed { flex-wrap: wrap; justify-content: flex-end; gap: .4em; font-size: .875em; }
.fate.is-failed p { display: flex; align-items: center; gap: .35em; color: var(--bad); font-weight: 500; }
.masked { display: flex; gap: .5em; max-width: 90%; margin-top: .4em; padding: .5em .75em; border-radius: 12px; background: var(--warm-ground); color: var(--warm); font-size: .875em; line-height: 1.4; }
.choices { display: flex; flex-wrap: wrap; gap: .5em; margin-top: .6em; }
.choices.are-over { gap: .35em; font-size: .875em; }
.choices.are-over .button { min-height: 2.25em; padding: .25em .85em; border-width: 1px; }
.typing > span:last-child { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.typing { display: flex; align-items: center; gap: .6em; height: 1.75em; flex: none; padding: 0 1.125em; color: var(--muted); font-size: .875em; visibility: hidden; }
.typing.is-on { visibility: visible; }
.dots { display: inline-flex; gap: .25em; }
.dots i { width: .4em; height: .4em; border-radius: 50%; background: currentColor; animation: beat 1.2s infinite; }
.dots i:nth-child(2) { animation-delay: .15s; } .dots i:nth-child(3) { animation-delay: .3s; }
@keyframes beat { 0%, 60%, 100% { opacity: .35; } 30% { opacity: 1; } }
.opening { display: grid; gap: .6em; padding: 2em 25% 0 0; }
.ghost { height: 1em; border-radius: .5em; background: var(--line); } .ghost:nth-child(2) { width: 85%; } .ghost:nth-child(3) { width: 55%; }`

const CARDS = `
.card { width: 100%; max-width: 34em; padding: .875em 1em; border: 1px solid var(--line); border-radius: 14px; background: var(--surface); overflow-wrap: anywhere; }
.card-title { display: flex; align-items: center; gap: .5em; font-weight: 600; line-height: 1.35; text-align: start; }
.card-title .icon { color: var(--accent); }
.card-note { margin-top: .6em; color: var(--muted); font-size: .875em; }
.terms dt { margin-top: .75em; font-weight: 600; }
.terms dt + dd { padding-inline-start: 0; }
.expansion { font-weight: 500; } .terms dd p + p { color: var(--muted); font-size: .9375em; }
.terms dt { display: inline-block; padding: .05em .55em; border-radius: 6px; background: var(--sunken); color: var(--accent); }
.tag { display: inline-block; padding: 0 .6em; border-radius: 999px; background: var(--warm-ground); color: var(--warm); font-size: .8125em; font-weight: 500; }
.card table { width: 100%; border-collapse: collapse; }
.card caption { display: table-caption; padding-bottom: .5em; caption-side: top; } .card caption .icon { vertical-align: -.25em; margin-inline-end: .5em; }
.card tbody th { padding: .45em .75em .45em 0; font-weight: 400; text-align: start; } .card td { padding: .45em 0; text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; }
.card tbody tr + tr > * { border-top: 1px solid var(--line); }
.card tbody tr:last-child > * { border-top: 2px solid var(--edge); font-weight: 600; }
.fields { margin-top: .5em; } .fields > div { padding: .5em 0; } .fields > div + div { border-top: 1px solid var(--line); }
.fields dt { color: var(--muted); font-size: .875em; } .fields dd { font-weight: 500; white-space: pre-wrap; }
.card-due .date { margin-top: .25em; font-size: 1.125em; font-weight: 600; } .card-due .date::first-letter { text-transform: uppercase; }
.card-act.is-done { border-color: var(--good-line); background: var(--good-ground); } .card-act.is-done .card-title, .card-act.is-done .icon { color: var(--good); }
.card-act.is-refused, .card-refused { border-color: var(--warm-line); background: var(--warm-ground); } .card-act.is-refused .card-title, .card-act.is-refused .icon { color: var(--warm); }
.card-safety { padding: 1.125em; border: 2px solid var(--bad); background: var(--bad-ground); font-size: 1.0625em; }
.card-safety .card-title, .card-safety .card-title .icon { color: var(--bad); }
.numbers { display: grid; gap: .5em; margin-top: .75em; }
.panel .number { display: flex; align-items: center; gap: .75em; min-height: 2.875em; padding: .4em .9em; border: 1.5px solid var(--bad); border-radius: 12px; background: var(--surface); color: var(--text); text-decoration: none; line-height: 1.3; }
.number:hover strong { text-decoration: underline; } .number .icon { color: var(--bad); } .number-label { display: block; color: var(--muted); font-size: .875em; }
.panel .button-exit { width: 100%; justify-content: center; min-height: 3em; margin-top: .9em; border-color: var(--text); background: var(--text); color: var(--surface); }
.panel .button-exit:hover:not(:disabled) { background: var(--text); text-decoration: underline; }`

const FOOT = `
.composer { flex: none; padding: .6em .75em calc(.75em + env(safe-area-inset-bottom, 0px)); border-top: 1px solid var(--line); background: var(--surface); }
.notice { display: flex; gap: .45em; padding: 0 .25em .5em; color: var(--muted); font-size: .8125em; line-height: 1.4; } .notice .icon { width: 1.35em; height: 1.35em; }
.field { display: flex; align-items: flex-end; gap: .25em; padding: .25em; border: 1.5px solid var(--edge); border-radius: 1.5em; background: var(--surface); }
.field:focus-within { border-color: var(--accent); box-shadow: 0 0 0 1.5px var(--accent); }
.panel .field textarea { flex: 1; min-width: 0; margin: 0; padding: .55em .35em .55em .85em; border: 0; background: transparent; line-height: 1.4; resize: none; max-height: 9.5em; overflow-y: auto; }
.field textarea::placeholder { color: var(--muted); opacity: 1; }
.panel .send { width: 2.5em; height: 2.5em; background: var(--fill); color: var(--on-fill); } .send:hover { background: color-mix(in srgb, var(--fill) 88%, #000); }
.count { padding: .35em .25em 0; color: var(--muted); font-size: .8125em; } .count.is-over { color: var(--bad); font-weight: 600; }
.waiting { margin: 1em 0 .5em; padding: 1em; border: 1px solid var(--line); border-radius: 14px; background: var(--surface); }
.waiting-title { display: flex; align-items: center; gap: .5em; font-weight: 600; line-height: 1.3; } .waiting-title .icon { color: var(--accent); }
.waiting-place { margin-top: .4em; } .waiting-hint { margin-top: .4em; color: var(--muted); font-size: .9375em; line-height: 1.4; }
.waiting-ways, .trouble-ways { display: flex; flex-wrap: wrap; gap: .5em; margin-top: .75em; }
.trouble { flex: none; max-height: 60%; overflow-y: auto; padding: .875em 1em; border-top: 1px solid var(--line); background: var(--sunken); }
.trouble { text-align: center; } .trouble-picture .icon { color: var(--accent); width: 1.75em; height: 1.75em; } .trouble-title { font-weight: 600; } .trouble-ways { justify-content: center; }
.rating { margin: 1em 0 .5em; padding: 1em; border: 1px solid var(--line); border-radius: 14px; background: var(--surface); } .rating-title { color: var(--muted); font-size: .875em; }
.rating legend { padding: .25em 0 .5em; font-weight: 600; } .scores { display: flex; flex-wrap: wrap; gap: .4em; margin-bottom: .75em; }
.score, .size { position: relative; display: inline-flex; } .score input, .size input { position: absolute; inset: 0; margin: 0; opacity: 0; cursor: pointer; }
.score span, .size span { display: inline-flex; align-items: center; min-height: 2.5em; padding: .3em .85em; border: 1.5px solid var(--edge); border-radius: 1.3em; font-size: .9375em; }
:is(.score, .size) input:checked + span { border-color: var(--fill); background: var(--fill); color: var(--on-fill); font-weight: 600; }
:is(.score, .size) input:focus-visible + span { outline: 3px solid var(--accent); outline-offset: 2px; }
.panel .rating textarea { display: block; width: 100%; margin: .35em 0 .75em; padding: .5em .75em; border: 1.5px solid var(--edge); border-radius: 12px; background: var(--surface); }`

const OVER = `
.menu { position: absolute; z-index: 5; top: calc(100% - .25em); right: .5em; width: min(19em, calc(100% - 1em)); max-height: 65vh; overflow-y: auto; padding: .4em; border: 1px solid var(--line); border-radius: 14px; background: var(--surface); color: var(--text); box-shadow: var(--shadow); animation: come .14s ease-out; }
.menu-line { display: flex; align-items: center; gap: .75em; width: 100%; min-height: 2.75em; padding: .4em .75em; border: 1px solid transparent; border-radius: 10px; background: transparent; text-align: start; line-height: 1.3; cursor: pointer; }
.menu-line:hover { background: var(--sunken); } .menu-line .icon { color: var(--muted); }
.panel .menu :focus-visible { outline-offset: -3px; }
.panel .sizes { margin: .35em 0; padding: .6em .75em; border-block: 1px solid var(--line); } .sizes legend { float: left; display: flex; align-items: center; gap: .75em; width: 100%; padding: 0; } .sizes legend .icon { color: var(--muted); } .sizes > div { clear: both; display: flex; flex-wrap: wrap; gap: .4em; padding-top: .5em; }
.veil { position: absolute; inset: 0; z-index: 6; display: grid; align-items: end; background: rgb(10 20 22 / .5); }
.sheet { max-height: 92%; overflow-y: auto; padding: 1.25em 1.125em calc(1.25em + env(safe-area-inset-bottom, 0px)); border-radius: 18px 18px 0 0; background: var(--surface); animation: come .16s ease-out; }
.sheet-title { font-size: 1.125em; font-weight: 600; line-height: 1.35; } .sheet-body { margin-top: .5em; color: var(--muted); }
.sheet-actions { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: .6em; margin-top: 1.125em; }
.conversations { display: grid; gap: .5em; } .conversation { display: grid; width: 100%; padding: .65em .9em; border: 1px solid var(--line); border-radius: 12px; background: var(--ground); color: var(--text); text-align: start; cursor: pointer; }
.conversation:hover { border-color: var(--accent); } .conversation[aria-current] { border: 2px solid var(--accent); } .panel .conversation strong { color: var(--text); } .conversation span { color: var(--muted); font-size: .875em; }`

const PREFERENCES = `
@media (pointer: coarse) { .button, .button-small { min-height: 44px; } .line summary { padding-block: .85em; } .round { min-width: 44px; min-height: 44px; } }
@media (prefers-reduced-motion: reduce) { .panel, .panel *, .panel *::before { animation: none !important; transition: none !important; scroll-behavior: auto !important; } }
@media (prefers-contrast: more) { .panel { --line: var(--edge); --muted: var(--text); } }
@media (forced-colors: active) {
  .panel, .bubble, .card, .field, .menu, .sheet, .waiting, .bar, .send, .handoff, .latest { border: 1px solid CanvasText !important; }
  .panel .button, .number, .round { border: 1px solid ButtonText !important; } .panel .button:disabled { color: GrayText; border-color: GrayText !important; }
  .panel :focus-visible, .field:focus-within { outline: 3px solid Highlight !important; }
  .connection::before, .dots i { forced-color-adjust: none; } :is(.score, .size) input:checked + span { forced-color-adjust: none; background: Highlight; color: HighlightText; }
  .card-safety { border-width: 3px !important; }
}`

export const sheet = new CSSStyleSheet()
sheet.replaceSync([COLOURS, FRAME, HEADER, BUTTONS, LOG, CARDS, FOOT, OVER, PREFERENCES].join('\n'))
