/**
 * `compute`, which must be pure, with its last `limit` different answers remembered: for what is read far more often than
 * it changes and costs more than a look-up.
 */
export function remember(compute: (key: string) => string, limit: number): (key: string) => string {
  const known = new Map<string, string>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = compute(key);
    if (known.size >= limit) {
      // A Map iterates in the order of insertion.
      for (const oldest of known.keys()) {
        known.delete(oldest);
        break;
      }
    }
    known.set(key, value);
    return value;
  };
}
