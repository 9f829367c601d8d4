/** What a report looks like, beyond what every page does. */
export const style = `
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

/** What lets a reader choose cases and copy lines. */
export const script = `
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
