/** What the page of a plan looks like, beyond what every page does. */
export const style = `
table { border-collapse: collapse; font-size: .9375rem; min-width: 100%; }
th, td { text-align: left; vertical-align: baseline; font-weight: 400; padding: .4rem 1.25rem .4rem 0; border-bottom: 1px solid var(--line); }
thead th { color: var(--soft); font-size: .8125rem; }
tbody th { font-weight: 500; }
.number { text-align: right; }
.none { color: var(--soft); }
.scroll { overflow-x: auto; }
.overview .mono { font-size: .875rem; }
.jump { font-size: .875rem; border: 0; background: none; padding: 0; min-height: 0; color: var(--accent); text-align: left; }
.becomes { display: block; white-space: nowrap; }
.jump:hover { text-decoration: underline; text-underline-offset: .2em; }
.outcome { display: inline-block; font-size: .8125rem; font-weight: 600; border-radius: .3rem; padding: .1rem .45rem; white-space: nowrap; color: var(--mute); background: var(--mute-ground); }
.outcome.translated { color: var(--good); background: var(--good-ground); }
.outcome.partly { color: var(--odd); background: var(--odd-ground); }
.outcome.unsupported, .outcome.refused { color: var(--bad); background: var(--bad-ground); }
.controls { position: sticky; top: 0; z-index: 1; background: var(--ground); border-bottom: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: .5rem .6rem; align-items: center; padding: .75rem 0; }
.controls select { max-width: 17rem; }
.controls input[type='search'] { flex: 1 1 11rem; min-width: 8rem; }
.check { display: inline-flex; gap: .4rem; align-items: center; font-size: .9375rem; }
.shown { color: var(--soft); font-size: .875rem; margin: .75rem 0; }
.entries, .plain { list-style: none; margin: 0; padding: 0; }
.plain { font-size: .875rem; overflow-wrap: anywhere; }
.entry { border-bottom: 1px solid var(--line); content-visibility: auto; contain-intrinsic-size: auto 3.6rem; }
.entry[hidden] { display: none; }
summary { cursor: pointer; }
.entry > details > summary { display: grid; grid-template-columns: 1rem 7.5rem minmax(0, 1fr) auto; gap: .75rem; align-items: baseline; padding: .65rem .25rem; list-style: none; }
.entry > details > summary::-webkit-details-marker { display: none; }
summary:hover .title { text-decoration: underline; text-decoration-color: var(--line); text-underline-offset: .2em; }
.caret { color: var(--soft); display: inline-block; }
details[open] > summary > .caret { rotate: 90deg; }
.title { font-size: .9375rem; overflow-wrap: anywhere; }
.where { display: block; color: var(--soft); font-size: .8125rem; overflow-wrap: anywhere; }
.count { color: var(--soft); font-size: .875rem; }
.detail { padding: 0 .25rem 1.5rem 2rem; }
.detail h3 { font-size: .875rem; font-weight: 600; margin: 1rem 0 .35rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 0 1.5rem; }
.pair section { min-width: 0; }
.step { margin: .9rem 0 .3rem; font-size: .875rem; color: var(--soft); }
.reason, .note { font-size: .9375rem; }
.reason { color: var(--bad); } .note { color: var(--odd); }
pre { margin: 0 0 .5rem; font-size: .8125rem; line-height: 1.55; background: var(--surface); border: 1px solid var(--line); border-radius: .45rem; padding: .7rem .9rem; overflow: auto; max-height: 24rem; tab-size: 2; }
pre.curl { white-space: pre-wrap; overflow-wrap: anywhere; }
td code { font-size: .8125rem; overflow-wrap: anywhere; }
.copy { float: right; min-height: 0; padding: .1rem .5rem; font-size: .8125rem; margin: .35rem; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem 1.25rem; margin: 0; font-size: .9375rem; }
dd { margin: 0; color: var(--soft); }
.differences { margin: 0; padding: 0; list-style: none; font-size: .9375rem; }
.differences li { border-left: 3px solid var(--line); padding: .1rem 0 .1rem .8rem; margin: 0 0 .5rem; max-width: 46rem; }
.differences .unsaid { border-color: var(--bad); } .differences .changed { border-color: var(--odd); } .differences .added { border-color: var(--accent); }
.kind { font-size: .8125rem; color: var(--soft); }
.differences code { font-size: .8125rem; overflow-wrap: anywhere; }
.more { margin-top: 1rem; font-size: .9375rem; }
.more > summary { font-weight: 600; font-size: .875rem; margin-bottom: .35rem; }
@media (max-width: 40rem) { .controls { position: static; } .entry > details > summary { grid-template-columns: 1rem 6.5rem minmax(0, 1fr); } .count { display: none; } .detail { padding-left: .25rem; } dl { grid-template-columns: minmax(0, 1fr); } }
@media print {
  .copy, .shown { display: none; }
  pre { max-height: none; overflow: visible; white-space: pre-wrap; overflow-wrap: anywhere; }
  .entry { content-visibility: visible; } .entry > details > summary { break-after: avoid; }
  .pair { display: block; } .jump { color: inherit; } body { font-size: 11pt; }
}
`;

/** Filters, jumps from the overview, copying; for paper everything is opened. */
export const script = `
(() => {
  const entries = [...document.querySelectorAll('.entry')];
  const endpoint = document.getElementById('endpoint');
  const operation = document.getElementById('operation');
  const unsaid = document.getElementById('unsaid');
  const words = document.getElementById('words');
  const shown = document.querySelector('.shown');
  const texts = entries.map((one) => one.dataset.text.toLowerCase());
  const apply = () => {
    const wanted = words.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let count = 0;
    entries.forEach((one, index) => {
      const fits = (endpoint.value === '' || one.dataset.endpoint === endpoint.value)
        && (operation.value === '' || one.dataset.operation === operation.value)
        && (!unsaid.checked || one.dataset.unsaid === 'yes')
        && wanted.every((word) => texts[index].includes(word));
      one.hidden = !fits;
      if (fits) count += 1;
    });
    shown.textContent = count === entries.length ? 'All ' + count + ' requests' : count + ' of ' + entries.length + ' requests';
  };
  for (const control of [endpoint, operation, unsaid]) control.addEventListener('change', apply);
  words.addEventListener('input', apply);
  const clear = () => { endpoint.value = operation.value = words.value = ''; unsaid.checked = false; };
  document.querySelector('.clear').addEventListener('click', () => { clear(); apply(); words.focus(); });
  document.querySelector('.open').addEventListener('click', (event) => {
    const open = event.target.textContent === 'Open all';
    for (const one of entries) one.firstElementChild.open = open;
    event.target.textContent = open ? 'Close all' : 'Open all';
  });
  addEventListener('beforeprint', () => { for (const one of document.querySelectorAll('details')) one.open = true; });
  document.addEventListener('click', async (event) => {
    const jump = event.target.closest('.jump');
    if (jump !== null) {
      clear();
      endpoint.value = jump.value;
      apply();
      document.getElementById('requests').scrollIntoView();
      endpoint.focus({ preventScroll: true });
    }
    const copy = event.target.closest('.copy');
    if (copy === null) return;
    const line = copy.parentElement.querySelector('pre');
    try {
      await navigator.clipboard.writeText(line.textContent);
      copy.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(line);
      copy.textContent = 'Selected';
    }
  });
  apply();
})();
`;
