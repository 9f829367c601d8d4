import { html, renderPage, type Markup } from '../page';
import type { ErrorPair, ShownAnswer } from './answers';
import { script, style } from './plan-html-parts';
import { outcomeNames, shownValue } from './plan-text';
import type { EndpointRow, MigrationPlan } from './plan';
import { duration } from './sessions';
import type { Translation } from './translation';

function answerBlock(answer: ShownAnswer): Markup {
  const headers = Object.entries(answer.headers ?? {}).map(([name, value]) => `${name}: ${value}\n`);
  const body =
    answer.page === true ? '(a page)' : answer.body === undefined ? '' : JSON.stringify(answer.body, null, 2);
  return html`<pre tabindex="0">
HTTP ${answer.status}
${headers}${body}</pre>`;
}

function answerCell(answer: ShownAnswer | null): Markup {
  if (answer === null) return html`<td class="none">cannot fail so</td>`;
  const body =
    answer.page === true ? '(a page)' : answer.body === undefined ? '' : JSON.stringify(answer.body);
  return html`<td><b>${answer.status}</b> <code>${body}</code></td>`;
}

function curlBlock(line: string): Markup {
  return html`<div class="line">
    <button type="button" class="copy">Copy</button>
    <pre class="curl" tabindex="0">${line}</pre>
  </div>`;
}

function errorsTable(errors: readonly ErrorPair[], { from, to }: MigrationPlan): Markup {
  return html`<details class="more">
    <summary>Errors, ${errors.length}</summary>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Problem</th>
            <th scope="col">${from}</th>
            <th scope="col">${to}</th>
          </tr>
        </thead>
        <tbody>
          ${errors.map(
            ({ problem, before, after }) =>
              html`<tr>
                <th scope="row">${problem.replaceAll('_', ' ')}</th>
                ${answerCell(before)}${answerCell(after)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}

function differencesList({ differences }: Translation): Markup {
  return html`<h3>What differs</h3>
    <ul class="differences">
      ${differences.map(({ field, kind, before, after, text }) => {
        const values =
          kind === 'changed'
            ? `${shownValue(before)} → ${shownValue(after)}`
            : shownValue(kind === 'unsaid' ? before : after);
        return html`<li class="${kind}">
          <b>${field}</b> <span class="kind">${kind}</span> <code>${values}</code><br />${text}
        </li>`;
      })}
    </ul>`;
}

function sides(entry: Translation, plan: MigrationPlan): Markup {
  const { calls, request, answer } = entry;
  return html`<div class="pair">
    <section>
      <h3>${plan.from}</h3>
      ${curlBlock(request.curl)}${answer !== undefined && answerBlock(answer)}
    </section>
    <section>
      <h3>${plan.to}${calls.length > 1 && `, ${calls.length} calls`}</h3>
      ${calls.length === 0 && html`<p class="reason">${entry.reason ?? ''}</p>`}
      ${calls.map(
        (call, index) =>
          html`${calls.length > 1 && html`<p class="step">${index + 1}. ${call.operation}</p>`}
          ${curlBlock(call.curl)}
          ${
            call.refusal !== undefined &&
            html`<p class="reason">
                ${plan.to} refuses a value of this call: <code>${call.refusal.problem}</code>
              </p>
              ${answerBlock(call.refusal.answer)}`
          }
          ${call.answer !== undefined && answerBlock(call.answer)}`,
      )}
    </section>
  </div>`;
}

function card(entry: Translation, plan: MigrationPlan): Markup {
  const { endpoint, outcome, operation, label, count, blanks, differences, errors, notes } = entry;
  const unsaid = differences.some(({ kind }) => kind === 'unsaid');
  const text = [
    endpoint,
    operation,
    label,
    ...entry.calls.map((call) => call.endpoint),
    ...differences.map(({ field }) => field),
  ];
  return html`<li
    class="entry"
    data-endpoint="${endpoint ?? ''}"
    data-operation="${operation ?? ''}"
    data-outcome="${outcome}"
    data-unsaid="${unsaid ? 'yes' : 'no'}"
    data-text="${text.filter((part) => part !== undefined).join(' ')}"
  >
    <details>
      <summary>
        <span class="caret" aria-hidden="true">›</span
        ><span class="outcome ${outcome}">${outcomeNames[outcome]}</span>
        <span
          ><span class="title mono">${endpoint ?? `${entry.request.method} ${entry.request.url}`}</span
          ><span class="where">${operation ?? 'no operation'} · ${label}</span></span
        >
        <span class="count">${count > 1 && `× ${count}`}</span>
      </summary>
      <div class="detail">
        ${notes.map((note) => html`<p class="note">${note}</p>`)} ${sides(entry, plan)}
        ${
          blanks.length > 0 &&
          html`<h3>To fill in</h3>
            <dl>
              ${blanks.map(
                ({ text: name, source }) =>
                  html`<dt><code>${name}</code></dt>
                    <dd>${source}</dd>`,
              )}
            </dl>`
        }
        ${differences.length > 0 && differencesList(entry)} ${errors.length > 0 && errorsTable(errors, plan)}
      </div>
    </details>
  </li>`;
}

function overview({ endpoints, from, to }: MigrationPlan): Markup {
  const row = (one: EndpointRow): Markup =>
    html`<tr>
      <td class="number">${one.count}</td>
      <th scope="row">
        <button type="button" class="jump mono" value="${one.endpoint}">${one.endpoint}</button>
      </th>
      <td>${one.operations.join(', ')}</td>
      <td><span class="outcome ${one.outcome}">${outcomeNames[one.outcome]}</span></td>
      <td class="${one.becomes.length > 0 ? 'mono' : 'none'}">
        ${one.becomes.length > 0 ? one.becomes.map((endpoint) => html`<span class="becomes">${endpoint}</span>`) : (one.reason ?? '')}
      </td>
      <td>${one.unsaid.join(', ')}</td>
    </tr>`;
  return html`<h2>Endpoints</h2>
    <div class="scroll">
      <table class="overview">
        <thead>
          <tr>
            <th scope="col" class="number">Calls</th>
            <th scope="col">${from}</th>
            <th scope="col">Operation</th>
            <th scope="col">Said</th>
            <th scope="col">${to}</th>
            <th scope="col">Unsaid</th>
          </tr>
        </thead>
        <tbody>
          ${endpoints.map(row)}
        </tbody>
      </table>
    </div>`;
}

function sessionsTable({ sessions }: MigrationPlan): Markup {
  const rows: readonly [string, (terms: MigrationPlan['sessions'][number]) => string][] = [
    ['Token travels as', ({ carried }) => carried],
    ['Form', ({ token }) => token],
    ['A token is good for', ({ tokenSeconds }) => duration(tokenSeconds)],
    ['A session lasts at most', ({ sessionSeconds }) => duration(sessionSeconds)],
    ['Prolonged', ({ prolonged }) => prolonged],
    ['A second sign-in', ({ single }) => (single ? 'ends the first session' : 'leaves the first session')],
  ];
  return html`<h2>Tokens and sessions</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <td></td>
            ${sessions.map(({ dialect }) => html`<th scope="col">${dialect}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ([name, tell]) =>
              html`<tr>
                <th scope="row">${name}</th>
                ${sessions.map((terms) => html`<td>${tell(terms)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

function controls({ entries }: MigrationPlan): Markup {
  const unique = (names: readonly (string | undefined)[]): string[] =>
    [...new Set(names.filter((name) => name !== undefined))].sort();
  const select = (id: string, any: string, names: readonly string[]): Markup =>
    html`<label class="hidden-label" for="${id}">${any}</label>
      <select id="${id}">
        <option value="">${any}</option>
        ${names.map((name) => html`<option>${name}</option>`)}
      </select>`;
  return html`<div class="controls" role="search" aria-label="Requests">
    ${select('endpoint', 'Any endpoint', unique(entries.map(({ endpoint }) => endpoint)))}
    ${select('operation', 'Any operation', unique(entries.map(({ operation }) => operation)))}
    <label class="check"><input type="checkbox" id="unsaid" /> has unsaid fields</label>
    <label class="hidden-label" for="words">Text</label>
    <input
      id="words"
      type="search"
      placeholder="Endpoint, operation or field"
      autocomplete="off"
      spellcheck="false"
    />
    <button type="button" class="clear">Clear</button>
    <button type="button" class="open">Open all</button>
  </div>`;
}

function others({ foreign, junk, from }: MigrationPlan): Markup {
  return html`${
    foreign.length > 0 &&
    html`<h2>Not of ${from}</h2>
      <ul class="plain mono">
        ${foreign.map(({ request, count }) => html`<li>${request}${count > 1 && ` × ${count}`}</li>`)}
      </ul>`
  }
  ${
    junk.length > 0 &&
    html`<h2>Not read</h2>
      <ul class="plain">
        ${junk.map((one) => html`<li>${one}</li>`)}
      </ul>`
  }`;
}

/** A plan as one page that needs nothing but itself. */
export function planHtml(plan: MigrationPlan): string {
  const { from, to, source, entries, endpoints } = plan;
  const whole = endpoints.filter(({ outcome }) => outcome === 'translated').length;
  return renderPage({
    title: `${from} to ${to} · ${source}`,
    style,
    script,
    header: html`<h1>From ${from} to ${to}</h1>
      <p class="facts">
        <span>${source}</span
        ><span>${endpoints.length} ${endpoints.length === 1 ? 'endpoint' : 'endpoints'}</span
        ><span>${whole} said as a whole</span
        ><span>${entries.length} ${entries.length === 1 ? 'request' : 'requests'}</span>
      </p>`,
    main: html`${overview(plan)}${sessionsTable(plan)}
      <h2 id="requests">Requests</h2>
      ${controls(plan)}
      <p class="shown" role="status" aria-live="polite"></p>
      <ul class="entries">
        ${entries.map((entry) => card(entry, plan))}
      </ul>
      ${others(plan)}`,
  });
}
