// @ts-check
/** The look of what stands at the foot and over the rest, and what the reader's own preferences change. */

export const FOOT = `
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

export const OVER = `
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

export const PREFERENCES = `
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
