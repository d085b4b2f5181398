// @ts-check
/** The look of the panel: its colours, its frame, its head, its buttons. */

// Both schemes keep every pair of words and ground at 4.5:1 or more; the accent is made readable by contrast.js.
export const COLOURS = `
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

export const FRAME = `
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

export const HEADER = `
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

export const BUTTONS = `
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
