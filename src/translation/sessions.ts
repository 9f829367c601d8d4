import type { NamedDeclaration } from '../dialect';

/** How clients of a dialect stay signed in. */
export interface SessionTerms {
  dialect: string;
  /** Where the token travels: `token: <token>`. */
  carried: string;
  token: 'JWT' | 'opaque';
  tokenSeconds: number;
  sessionSeconds: number;
  /** How a session outlives its first token. */
  prolonged: string;
  /** Whether a later sign-in ends the earlier session. */
  single: boolean;
}

export function sessionTerms({ name, declaration }: NamedDeclaration): SessionTerms {
  const { accessToken, sessions } = declaration;
  const carried = Object.entries(accessToken.attach('<token>')).map(
    ([header, value]) => `${header}: ${value}`,
  );
  const announced = Object.keys(accessToken.renewal?.announce('') ?? {});
  return {
    dialect: name,
    carried: carried.join(', '),
    token: accessToken.format.kind === 'jwt' ? 'JWT' : 'opaque',
    tokenSeconds: sessions.accessTokenSeconds,
    sessionSeconds: sessions.sessionSeconds,
    prolonged:
      sessions.refreshToken !== undefined
        ? 'by a refresh token, which changes with each use'
        : announced.length > 0
          ? `by a new token in the header ${announced.join(', ')} of an answer near the end`
          : 'not at all: the person signs in again',
    single: sessions.single,
  };
}

/** A time as people say it. */
export function duration(seconds: number): string {
  const [size, unit] = (
    [
      [86_400, 'day'],
      [3600, 'hour'],
      [60, 'minute'],
    ] as const
  ).find(([length]) => seconds % length === 0) ?? [1, 'second'];
  const count = seconds / size;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
