import { hideInside } from './secrets';

/** What a blank stands for, which decides the form of its sample. */
export type BlankKind =
  'username' | 'nickname' | 'email' | 'phone' | 'password' | 'code' | 'token' | 'apiKey' | 'number' | 'url';

/** A value that whoever sends a translated call has to fill in. */
export interface Blank {
  kind: BlankKind | 'secret';
  /** How it is written: `<code sent to the address>` or `{{user}}`. */
  text: string;
  /** A value of its form, by which dialects can be asked for words. */
  sample: string;
  /** It is looked for as a whole value only, because a text may hold it by chance. */
  whole: boolean;
  /** Where the value comes from. */
  source: string;
}

const samples: Readonly<Record<BlankKind, (n: number) => string>> = {
  username: (n) => `blank_name_${n}`,
  nickname: (n) => `Blank Nick ${n}`,
  email: (n) => `blank.${n}@blank.example`,
  phone: (n) => `13${String(900_000_000 + n)}`,
  // Upper and lower case, a digit and a sign: what the strictest wire asks for, in its few characters.
  password: (n) => `Blank_Pw_${n}`,
  code: (n) => String(909_000 + n),
  token: (n) => `blank-token-${'0'.repeat(18)}-${String(n).padStart(12, '0')}`,
  apiKey: (n) => `b1a4${String(n).padStart(28, '0')}`,
  number: (n) => String(909_090_000 + n),
  url: (n) => `https://blank.example/picture-${n}.png`,
};

/** The kinds, the likeliest form of a variable first. */
export const blankKinds = Object.keys(samples) as readonly BlankKind[];

export interface Blanks {
  /** A sample that stands for `text`; the same one for the same text. */
  take: (kind: BlankKind, text: string, source: string) => string;
  /** Hides a value of the captured request behind `text`. */
  hide: (value: string, text: string, source: string) => void;
  /** Those whose samples stand in one of these texts. */
  usedIn: (texts: readonly string[]) => readonly Blank[];
  /** A text as a person is shown it: blanks instead of their samples. */
  show: (text: string) => string;
}

export function createBlanks(): Blanks {
  const known = new Map<string, Blank>();
  let made = 0;
  return {
    take(kind, text, source) {
      const present = known.get(text);
      if (present?.kind === kind) return present.sample;
      made += 1;
      // Of another kind than before: the earlier sample was a try.
      const sample = samples[kind](made);
      known.set(text, { kind, text, sample, source, whole: kind === 'code' });
      return sample;
    },
    hide(value, text, source) {
      const written = [...known.values()].reduce((rest, { sample }) => rest.replaceAll(sample, ''), value);
      // What is made of nothing but variables stays as it is written.
      if (written !== '')
        known.set(`${text} ${value}`, { kind: 'secret', text, sample: value, source, whole: true });
    },
    usedIn: (texts) =>
      [...known.values()].filter(({ sample, whole }) => {
        const wanted = whole ? JSON.stringify(sample) : sample;
        return texts.some((text) => text.includes(wanted));
      }),
    // The longest first, as one sample may begin another.
    show: (text) =>
      [...known.values()]
        .sort((one, other) => other.sample.length - one.sample.length)
        .reduce((shown, { kind, sample, whole, text: blank }) => {
          if (kind === 'secret' && shown !== sample) return hideInside(shown, { value: sample, text: blank });
          if (whole) return shown === sample ? blank : shown;
          return shown.replaceAll(sample, blank);
        }, text),
  };
}

/** Every text of a value, replaced. */
export function mapTexts(value: unknown, replace: (text: string) => unknown): unknown {
  if (typeof value === 'string') return replace(value);
  if (typeof value === 'number') {
    const text = String(value);
    const replaced = replace(text);
    return replaced === text ? value : replaced;
  }
  if (Buffer.isBuffer(value) || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, replace));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mapTexts(inner, replace)]));
}
