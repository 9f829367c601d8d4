/** Numbers that share a bucket, of which the oldest makes room. */
const numbersOfBucket = 4;
/** 262,144 numbers in 2.3 MB: what every read looks up must not be what the garbage collector walks over. */
const defaultBuckets = 65_536;
/** Of the codes that fit into a byte; 0 says that a place is free. */
const mostPrefixes = 255;

/**
 * `compute`, which must be pure, with its answers remembered for the numbers that were asked for last. Takes E.164 and gives
 * what stands before the number's end that begins at `from`; what does not end with it is computed every time.
 */
export function rememberPrefixes(
  compute: (e164: string) => string,
  from: number,
  buckets = defaultBuckets,
): (e164: string) => string {
  const numbers = new Float64Array(buckets * numbersOfBucket);
  const codes = new Uint8Array(buckets * numbersOfBucket);
  const prefixes: string[] = [];

  function codeOf(prefix: string): number | undefined {
    const known = prefixes.indexOf(prefix);
    if (known !== -1) return known + 1;
    return prefixes.length < mostPrefixes ? prefixes.push(prefix) : undefined;
  }

  function keep(number: number, start: number, code: number): void {
    const end = start + numbersOfBucket - 1;
    numbers.copyWithin(start + 1, start, end);
    codes.copyWithin(start + 1, start, end);
    numbers[start] = number;
    codes[start] = code;
  }

  return (e164) => {
    // A digit in the place of the plus sign keeps leading zeros; 16 digits that begin with 1 are a safe integer.
    const number = Number(`1${e164.slice(1)}`);
    const start = (number % buckets) * numbersOfBucket;
    for (let at = start; at < start + numbersOfBucket; at += 1) {
      if (numbers[at] === number) return (prefixes[(codes[at] ?? 0) - 1] ?? '') + e164.slice(from);
    }
    const computed = compute(e164);
    const rest = e164.slice(from);
    const code = computed.endsWith(rest) ? codeOf(computed.slice(0, -rest.length)) : undefined;
    if (code !== undefined) keep(number, start, code);
    return computed;
  };
}
