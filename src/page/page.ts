import { html, Markup } from './html-text';

export interface Page {
  title: string;
  /** What the page is about, above everything. */
  header: Markup;
  main: Markup;
  /** Scripts of the page, as text. */
  script: string;
  style?: string;
}

const style = `
:root {
  color-scheme: light;
  --ground: #fbfaf7; --surface: #ffffff; --ink: #1c1b19; --soft: #6a6660; --line: #e3dfd6; --accent: #2f5d8c;
  --good: #2b6e46; --bad: #a8321f; --odd: #8a5a00; --mute: #77726a;
  --good-ground: #e9f3ec; --bad-ground: #fbeae6; --odd-ground: #fbf1dc; --mute-ground: #f0eee9;
}
:root[data-scheme='dark'] {
  color-scheme: dark;
  --ground: #151617; --surface: #1d1f21; --ink: #e9e6e0; --soft: #a29d94; --line: #33363a; --accent: #8fbbe8;
  --good: #86cf9f; --bad: #f0937f; --odd: #e2b661; --mute: #a29d94;
  --good-ground: #1b2b21; --bad-ground: #35201c; --odd-ground: #30281a; --mute-ground: #27292c;
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', sans-serif;
  font-variant-numeric: tabular-nums;
}
code, pre, .mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace; }
.wrap { max-width: 74rem; margin: 0 auto; padding: 0 1.5rem; }
header.top { padding: 2.5rem 0 1.5rem; }
h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -0.015em; font-weight: 650; margin: 0 0 .4rem; text-wrap: balance; }
h2 { font-size: 1.05rem; line-height: 1.3; font-weight: 650; margin: 2rem 0 .6rem; }
p { margin: 0 0 .75rem; max-width: 46rem; }
a { color: var(--accent); }
.facts { color: var(--soft); margin: 0; max-width: none; }
.facts span { display: inline-block; max-width: 100%; }
.facts span + span::before { content: '·'; margin: 0 .5em; color: var(--line); }
.facts code { font-size: .92em; color: var(--ink); overflow-wrap: anywhere; }
.row { display: flex; gap: 1rem; align-items: flex-start; justify-content: space-between; }
button, select, input[type='search'] {
  font: inherit; font-size: .9375rem; color: inherit; background: var(--surface); border: 1px solid var(--line);
  border-radius: .45rem; padding: .35rem .7rem; min-height: 2.3rem;
}
button { cursor: pointer; white-space: nowrap; }
button:hover, select:hover { border-color: var(--soft); }
button[aria-pressed='true'] { background: var(--ink); border-color: var(--ink); color: var(--ground); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.hidden-label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (prefers-reduced-motion: no-preference) { .caret { transition: rotate .12s; } }
@media (max-width: 40rem) { .wrap { padding: 0 1rem; } header.top { padding-top: 1.5rem; } }
@media print { .controls, .scheme { display: none !important; } }
`;

/** The scheme is the reader's own until the switch is used. */
const scheme = `
(() => {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const button = document.querySelector('.scheme');
  let chosen = false;
  const set = (isDark) => {
    root.dataset.scheme = isDark ? 'dark' : 'light';
    button.textContent = isDark ? 'Light' : 'Dark';
    button.setAttribute('aria-label', 'Show in ' + (isDark ? 'light' : 'dark') + ' colours');
  };
  set(dark.matches);
  dark.addEventListener('change', (event) => { if (!chosen) set(event.matches); });
  button.addEventListener('click', () => { chosen = true; set(root.dataset.scheme !== 'dark'); });
})();
`;

/** A page that needs nothing but itself, and says so to the browser. */
export function renderPage({ title, header, main, script, style: more = '' }: Page): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
        />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        <style>
          ${new Markup(style)}${new Markup(more)}
        </style>
      </head>
      <body>
        <div class="wrap">
          <header class="top">
            <div class="row">
              <div>${header}</div>
              <button type="button" class="scheme">Dark</button>
            </div>
          </header>
          <main>${main}</main>
        </div>
        <script>
          ${new Markup(scheme)}${new Markup(script)};
        </script>
      </body>
    </html> `.text;
}
