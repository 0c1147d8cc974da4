/** Text made safe for HTML. */
export const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const STYLE = `
:root { color-scheme: light; --paper: #f5f0e6; --paper-2: #ece4d6; --line: #d9cebb; --line-strong: #8f8470; --ink: #2a2620; --ink-2: #5f5649; --brick: #93452c; --night: #2f4a57; --night-ink: #e9e6dd; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 'Instrument Sans', system-ui, sans-serif; }
h1, h2 { font-family: Fraunces, 'Iowan Old Style', Georgia, serif; font-weight: 500; line-height: 1.2; margin: 0 0 1rem; }
h1 { font-size: 1.9rem; } h2 { font-size: 1.25rem; }
p { margin: 0 0 1rem; } a { color: var(--brick); text-underline-offset: .2em; }
.notice { background: var(--night); color: var(--night-ink); padding: .8rem 1.2rem; text-align: center; }
.notice strong { display: block; } .notice span { font-size: .9rem; }
main { max-width: 64rem; margin: 0 auto; padding: 2rem 1.2rem 4rem; }
.narrow { max-width: 34rem; }
.columns { display: grid; gap: 2.5rem; }
@media (min-width: 50rem) { .columns { grid-template-columns: 2fr 3fr; gap: 4rem; } main { padding-top: 3rem; } }
dl { margin: 0; } dl div { display: flex; justify-content: space-between; gap: 1.5rem; padding: .6rem 0; border-bottom: 1px solid var(--line); }
dd { margin: 0; white-space: nowrap; font-variant-numeric: tabular-nums; } .total { font-weight: 600; border-bottom: 0; font-size: 1.15rem; }
fieldset { border: 0; padding: 0; margin: 0 0 1.6rem; } legend { font-family: Fraunces, Georgia, serif; font-size: 1.25rem; padding: 0; margin-bottom: .6rem; }
label { display: block; margin-bottom: .8rem; } label > span { display: block; font-size: .9rem; color: var(--ink-2); }
input, select { width: 100%; min-height: 2.9rem; padding: .5rem .7rem; font: inherit; color: inherit; background: #fffdf8; border: 1px solid var(--line-strong); border-radius: 2px; }
input[readonly] { background: var(--paper-2); } [aria-invalid] { border: 2px solid var(--brick); }
.pair { display: grid; grid-template-columns: 2fr 3fr; gap: 1rem; } .error { color: var(--brick); font-size: .9rem; }
.alert { border-left: 4px solid var(--brick); background: var(--paper-2); padding: .8rem 1rem; }
button, .button { display: block; width: 100%; min-height: 3rem; padding: .7rem 1rem; font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; border-radius: 2px; border: 1px solid var(--ink); background: none; color: var(--ink); }
.main { background: var(--ink); color: var(--paper); } button:hover, .button:hover { background: var(--paper-2); } .main:hover { background: var(--brick); color: #fff; }
:focus-visible { outline: 3px solid var(--night); outline-offset: 2px; }
.others { margin: 2.4rem 0 1.6rem; padding-top: 1.6rem; border-top: 1px solid var(--line); }
.choices { display: grid; gap: 1rem; list-style: none; margin: 0; padding: 0; } .choices span { display: block; font-size: .88rem; color: var(--ink-2); margin-top: .3rem; }
@media (min-width: 36rem) { .choices { grid-template-columns: 1fr 1fr; } }
.soft { color: var(--ink-2); } .stack > * + * { margin-top: .8rem; }
`;

interface Layout {
  language: 'fr' | 'en';
  title: string;
  notice: string;
  noticeMore: string;
  body: string;
}

/**
 * A whole page; works without JavaScript, is never indexed, says on top that it is a simulation.
 */
export const layout = ({
  language,
  title,
  notice,
  noticeMore,
  body,
}: Layout): string => `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escape(title)}</title><style>${STYLE}</style></head>
<body><div class="notice" role="note"><strong>${escape(notice)}</strong><span>${escape(noticeMore)}</span></div><main>${body}</main></body></html>
`;
