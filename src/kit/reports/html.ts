import type { AcceptedDifference } from '../accepted';
import { countStates, type CaseResult, type CaseState, type RunResult } from '../result';
import { exchangeKinds } from '../select';
import { diffOf, headline, placeOf, sourceNames } from '../show';
import { wordingOf, type Wording } from '../wording';
import { html, renderPage, type Markup } from '../../page';
import { script, style } from './html-parts';

const states: readonly CaseState[] = ['failed', 'differs', 'skipped', 'passed'];
const kindNames = Object.fromEntries(exchangeKinds.map((kind) => [kind, kind.replaceAll('_', ' ')]));

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
      ${compared === undefined && run.counts.differs > 0 && !strict && html`<p class="facts">What differs from our own choice is no failure of a server that is not ours.</p>`}
      ${compared !== undefined && healed(compared.healed)}`,
    main: html`${tally(run, wording)} ${controls(run, wording)}
      <p class="shown" role="status" aria-live="polite"></p>
      <ul class="cases">
        ${sorted.map((one) => item(one, wording))}
      </ul>`,
  });
}
