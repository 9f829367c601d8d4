const collected = new Set<string>();
const sources = new Set<() => void>();
const shownAtMost = 5;

/** Keeps what is wrong with an answer until somebody can fail for it: the gateway that gave it runs on. */
export function collectUndescribed(fault: string): void {
  collected.add(fault);
}

/** Has `collect` called before `throwUndescribed` looks, for faults that come to light only when somebody looks. */
export function beforeThrowing(collect: () => void): void {
  sources.add(collect);
}

/** Throws when answers were given that no description knows, and forgets them. */
export function throwUndescribed(): void {
  for (const collect of sources) collect();
  const faults = [...collected];
  collected.clear();
  if (faults.length === 0) return;
  const further =
    faults.length > shownAtMost ? `\n\n… and ${faults.length - shownAtMost} further answers` : '';
  throw new Error(`${faults.slice(0, shownAtMost).join('\n\n')}${further}`);
}
