// @ts-check
/** The look of what was said: lines, bubbles, choices, cards. */

export const LOG = `
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

export const CARDS = `
.card { width: 100%; max-width: 34em; padding: .875em 1em; border: 1px solid var(--line); border-radius: 14px; background: var(--surface); overflow-wrap: anywhere; }
.card-title { display: flex; align-items: center; gap: .5em; font-weight: 600; line-height: 1.35; text-align: start; }
.card-title .icon { color: var(--accent); }
.field-hint { margin-bottom: .6em; }
.field-form label { font-weight: 600; }
.field-row { display: flex; flex-wrap: wrap; gap: .5em; margin-top: .35em; }
.panel .field-input { flex: 1 1 11em; min-width: 0; min-height: 44px; padding: .5em .75em; border: 1px solid var(--edge); border-radius: 10px; background: var(--surface); color: var(--text); font: inherit; font-size: max(1em, 16px); }
.panel .field-input[aria-invalid="true"] { border-color: var(--bad-line); }
.field-error { margin-top: .4em; color: var(--bad); font-weight: 500; }
.field-error:empty { display: none; }
.field-form .card-note { display: flex; gap: .4em; } .field-form .card-note .icon { width: 1.1em; height: 1.1em; flex: none; }
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
