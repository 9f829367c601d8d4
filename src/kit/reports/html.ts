import type { AcceptedDifference } from '../accepted';
import { countStates, type CaseResult, type CaseState, type RunResult } from '../result';
import { exchangeKinds } from '../select';
import { diffOf, headline, interruptionLine, placeOf, sourceNames } from '../show';
import { wordingOf, type Wording } from '../wording';
import { html, renderPage, type Markup } from '../../page';

const states: readonly CaseState[] = ['failed', 'differs', 'skipped', 'passed'];
const kindNames = Object.fromEntries(exchangeKinds.map((kind) => [kind, kind.replaceAll('_', ' ')]));

const style = `
.tally { border-collapse: collapse; margin: 0 0 1.75rem; }
.tally th, .tally td { text-align: right; padding: .3rem 0 .3rem 2rem; border-bottom: 1px solid var(--line); font-weight: 400; }
.tally th:first-child { text-align: left; padding-left: 0; min-width: 9rem; }
.tally thead th { color: var(--soft); font-size: .875rem; }
.tally tfoot th, .tally tfoot td { border-bottom: 0; font-weight: 650; }
.tally .passed { color: var(--good); } .tally .differs { color: var(--odd); }
.tally .none { color: var(--soft); }
.tally .failed { color: var(--bad); font-weight: 650; }
.controls {
  position: sticky; top: 0; z-index: 1; background: var(--ground); border-bottom: 1px solid var(--line);
  display: flex; flex-wrap: wrap; gap: .5rem .6rem; align-items: center; padding: .75rem 0;
}
.controls .states { display: flex; flex-wrap: wrap; gap: .35rem; margin-right: .25rem; }
.controls .states b { font-weight: 650; margin-left: .3em; }
.controls select { max-width: 21rem; }
.controls input[type='search'] { flex: 1 1 12rem; min-width: 8rem; }
.shown { color: var(--soft); font-size: .875rem; margin: .75rem 0; }
.cases { list-style: none; margin: 0 0 4rem; padding: 0; }
.case { border-bottom: 1px solid var(--line); content-visibility: auto; contain-intrinsic-size: auto 3.4rem; }
.case[hidden] { display: none; }
summary { display: grid; grid-template-columns: 1rem 6.2rem minmax(0, 1fr) auto; gap: .75rem; align-items: baseline; padding: .65rem .25rem; cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary:hover .title { text-decoration: underline; text-decoration-color: var(--line); text-underline-offset: .2em; }
.caret { color: var(--soft); display: inline-block; }
details[open] .caret { rotate: 90deg; }
.state { font-size: .8125rem; font-weight: 600; border-radius: .3rem; padding: .1rem .45rem; text-align: center; }
.state.passed { color: var(--good); background: var(--good-ground); }
.state.failed { color: var(--bad); background: var(--bad-ground); }
.state.differs { color: var(--odd); background: var(--odd-ground); }
.state.skipped { color: var(--mute); background: var(--mute-ground); }
.title { overflow-wrap: anywhere; }
.where { display: block; color: var(--soft); font-size: .8125rem; overflow-wrap: anywhere; }
.why { display: block; font-size: .875rem; color: var(--bad); overflow-wrap: anywhere; }
.differs .why { color: var(--odd); } .skipped .why { color: var(--soft); }
.ms { color: var(--soft); font-size: .8125rem; }
.detail { padding: 0 .25rem 1.25rem 2rem; }
.detail dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem 1.25rem; margin: 0 0 1rem; font-size: .875rem; }
.detail dt { color: var(--soft); } .detail dd { margin: 0; overflow-wrap: anywhere; }
.detail h3 { font-size: .875rem; font-weight: 600; margin: 1rem 0 .35rem; }
.detail ul { margin: 0; padding-left: 1.1rem; list-style: disc; font-size: .875rem; overflow-wrap: anywhere; }
pre { margin: 0; font-size: .8125rem; line-height: 1.55; background: var(--surface); border: 1px solid var(--line); border-radius: .45rem; padding: .7rem .9rem; overflow: auto; max-height: 30rem; tab-size: 2; }
pre.curl { white-space: pre-wrap; overflow-wrap: anywhere; }
.line { display: block; min-height: 1.55em; padding: 0 .3rem; border-radius: .15rem; }
.line.expected { background: var(--good-ground); color: var(--good); }
.line.received { background: var(--bad-ground); color: var(--bad); }
.copy { float: right; min-height: 0; padding: .1rem .5rem; font-size: .8125rem; margin: .2rem 0 .3rem .6rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)); gap: 1rem; }
@media (max-width: 40rem) { .tally th, .tally td { padding-left: 1rem; } .tally th:first-child { min-width: 0; } .controls { position: static; } summary { grid-template-columns: 1rem 5.6rem minmax(0, 1fr); } .ms { display: none; } .detail { padding-left: .25rem; } }
`;

const script = `
(() => {
  const cases = [...document.querySelectorAll('.case')];
  const buttons = [...document.querySelectorAll('.states button')];
  const kind = document.getElementById('kind');
  const endpoint = document.getElementById('endpoint');
  const words = document.getElementById('words');
  const shown = document.querySelector('.shown');
  const texts = cases.map((one) => one.dataset.text.toLowerCase());
  const apply = () => {
    const states = new Set(buttons.filter((button) => button.getAttribute('aria-pressed') === 'true').map((button) => button.value));
    const wanted = words.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let count = 0;
    cases.forEach((one, index) => {
      const fits = (states.size === 0 || states.has(one.dataset.state))
        && (kind.value === '' || one.dataset.kind === kind.value)
        && (endpoint.value === '' || one.dataset.endpoint === endpoint.value)
        && wanted.every((word) => texts[index].includes(word));
      one.hidden = !fits;
      if (fits) count += 1;
    });
    shown.textContent = count === cases.length ? 'All ' + count + ' cases' : count + ' of ' + cases.length + ' cases';
  };
  for (const button of buttons) {
    button.addEventListener('click', () => {
      button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') !== 'true'));
      apply();
    });
  }
  for (const control of [kind, endpoint]) control.addEventListener('change', apply);
  words.addEventListener('input', apply);
  document.querySelector('.clear').addEventListener('click', () => {
    for (const button of buttons) button.setAttribute('aria-pressed', 'false');
    kind.value = endpoint.value = words.value = '';
    apply();
    words.focus();
  });
  document.addEventListener('click', async (event) => {
    const button = event.target.closest('.copy');
    if (button === null) return;
    const line = button.parentElement.querySelector('pre').textContent;
    try {
      await navigator.clipboard.writeText(line);
      button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(button.parentElement.querySelector('pre'));
      button.textContent = 'Selected';
    }
  });
  apply();
})();
`;

function tally({ cases, dialects, counts }: RunResult, { states: names }: Wording): Markup {
  const shown = states.filter((state) => state !== 'differs' || counts.differs > 0);
  const cell = (state: CaseState, count: number): Markup =>
    html`<td class="${count === 0 ? 'none' : state}">${count}</td>`;
  const rows = dialects.map((dialect) => {
    const own = countStates(cases.filter((one) => one.dialect === dialect));
    return html`<tr>
      <th scope="row">${dialect}</th>
      ${shown.map((state) => cell(state, own[state]))}
    </tr>`;
  });
  return html`<table class="tally">
    <caption class="hidden-label">
      Cases by dialect and state
    </caption>
    <thead>
      <tr>
        <th scope="col">Dialect</th>
        ${shown.map((state) => html`<th scope="col">${names[state]}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
    <tfoot>
      <tr>
        <th scope="row">All</th>
        ${shown.map((state) => cell(state, counts[state]))}
      </tr>
    </tfoot>
  </table>`;
}

function controls({ cases, counts }: RunResult, { states: names }: Wording): Markup {
  const endpoints = [...new Set(cases.map(({ endpoint }) => endpoint))].sort();
  const kinds = exchangeKinds.filter((kind) => cases.some((one) => one.kind === kind));
  const there = states.filter((state) => counts[state] > 0);
  return html`<div class="controls" role="search" aria-label="Cases">
    <div class="states" role="group" aria-label="State">
      ${there.map(
        (state) =>
          html`<button type="button" value="${state}" aria-pressed="${state === 'failed' ? 'true' : 'false'}">
            ${names[state]} <b>${counts[state]}</b>
          </button>`,
      )}
    </div>
    <label class="hidden-label" for="kind">Kind</label>
    <select id="kind">
      <option value="">Any kind</option>
      ${kinds.map((kind) => html`<option value="${kind}">${kindNames[kind]}</option>`)}
    </select>
    <label class="hidden-label" for="endpoint">Endpoint</label>
    <select id="endpoint">
      <option value="">Any endpoint</option>
      ${endpoints.map((endpoint) => html`<option>${endpoint}</option>`)}
    </select>
    <label class="hidden-label" for="words">Text</label>
    <input
      id="words"
      type="search"
      placeholder="Title, id, request or answer"
      autocomplete="off"
      spellcheck="false"
    />
    <button type="button" class="clear">Clear</button>
  </div>`;
}

function diffBlock(result: CaseResult, { expected, received }: Wording): Markup {
  const lines = diffOf(result);
  const marks = { expected: '− ', received: '+ ', both: '  ' };
  return html`<h3>${expected} (−) against ${received.toLowerCase()} (+)</h3>
    <pre tabindex="0" aria-label="Difference">
${lines.map(({ side, text }) => html`<span class="line ${side}">${marks[side]}${text}</span>`)}</pre>`;
}

function answerBlock({ received }: CaseResult, { same }: Wording): Markup {
  if (received === undefined) return html``;
  const text = typeof received.body === 'string' ? received.body : JSON.stringify(received.body, null, 2);
  return html`<h3>${same}</h3>
    <pre tabindex="0" aria-label="Answer">
HTTP ${received.status}
${received.body === undefined ? '' : html` ${text}`}</pre>`;
}

function detail(result: CaseResult, wording: Wording): Markup {
  const { id, source, kind, basis, curl, differences = [], state, destructive } = result;
  return html`<div class="detail">
    <dl>
      <dt>Id</dt>
      <dd class="mono">${id}</dd>
      <dt>Kind</dt>
      <dd>${kindNames[kind]}${destructive && ', changes users'}</dd>
      <dt>Expected by</dt>
      <dd>${sourceNames[source]}${basis !== undefined && `; ${basis}`}</dd>
    </dl>
    ${
      differences.length > 0 &&
      html`<ul>
        ${differences.map((one) => html`<li>${wording.difference[one.kind](one)}</li>`)}
      </ul>`
    }
    ${
      curl !== undefined &&
      html`<div>
        <h3>Request</h3>
        <button type="button" class="copy">Copy</button>
        <pre class="curl">${curl}</pre>
      </div>`
    }
    ${state === 'passed' ? answerBlock(result, wording) : differences.length > 0 && diffBlock(result, wording)}
  </div>`;
}

function item(result: CaseResult, wording: Wording): Markup {
  const { state, kind, endpoint, title, dialect, id, ms, curl } = result;
  const searched = [
    id,
    title,
    endpoint,
    curl,
    JSON.stringify(result.received?.body),
    headline(result, wording),
  ];
  const why = state === 'passed' ? '' : headline(result, wording);
  return html`<li
    class="case ${state}"
    data-state="${state}"
    data-kind="${kind}"
    data-endpoint="${endpoint}"
    data-text="${searched.filter((text) => text !== undefined).join(' ')}"
  >
    <details>
      <summary>
        <span class="caret" aria-hidden="true">›</span
        ><span class="state ${state}">${wording.badges[state]}</span
        ><span
          ><span class="title">${title}</span>${why !== '' && html`<span class="why">${why}</span>`}<span
            class="where mono"
            >${dialect} · ${endpoint}</span
          ></span
        ><span class="ms">${ms} ms</span>
      </summary>
      ${detail(result, wording)}
    </details>
  </li> `;
}

function verdict({ counts, cases, compared }: RunResult, wording: Wording): string {
  const asked = cases.length - counts.skipped;
  const failed = compared === undefined ? 'failed' : 'differ';
  if (counts.failed > 0) return `${counts.failed} of ${asked} cases ${failed}`;
  if (asked === 0) return 'No case was run';
  return counts.differs === 0
    ? `All ${asked} cases that were run ${compared === undefined ? 'passed' : 'are alike'}`
    : wording.someExcused(counts.differs, asked);
}

/** Accepted differences that can be taken off their list. */
function healed(accepted: readonly AcceptedDifference[]): Markup {
  if (accepted.length === 0) return html``;
  return html`<p class="facts">Healed, accepted and no longer there:</p>
    <ul>
      ${accepted.map(({ case: id, where, reason }) => html`<li><code>${id}</code> <code>${where}</code>: ${reason}</li>`)}
    </ul>`;
}

/** A run as one page, with the failures first. */
export function htmlReport(run: RunResult): string {
  const { target, startedAt, compared, ms, strict } = run;
  const wording = wordingOf(run);
  const sorted = states.flatMap((state) => run.cases.filter((one) => one.state === state));
  const title = verdict(run, wording);
  const interruption = interruptionLine(run);
  return renderPage({
    title: `${title} · ${target}`,
    style,
    script,
    header: html`<h1>${title}</h1>
      <p class="facts">
        <span>${placeOf(run)}</span
        ><span
          ><time datetime="${startedAt}"
            >${startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time
          ></span
        ><span>${(ms / 1000).toFixed(1)} s</span>
      </p>
      ${interruption !== undefined && html`<p class="facts">${interruption}</p>`}
      ${compared === undefined && run.counts.differs > 0 && !strict && html`<p class="facts">What differs from our own choice is no failure of a server that is not ours.</p>`}
      ${compared !== undefined && healed(compared.healed)}`,
    main: html`${tally(run, wording)} ${controls(run, wording)}
      <p class="shown" role="status" aria-live="polite"></p>
      <ul class="cases">
        ${sorted.map((one) => item(one, wording))}
      </ul>`,
  });
}
