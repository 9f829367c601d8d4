import { curlLine } from '../contract';
import type { HeardResponse } from '../dialect';

/** A request as it was sent. */
export interface SentRequest {
  method: string;
  url: string;
  /** Names in lower case. What the HTTP client adds by itself is left out. */
  headers: Readonly<Record<string, string>>;
  body?: string;
  /** The only part of a multipart body, whose `content-type` is left to the client. */
  file?: { part: string; name: string; type: string };
}

/** The request as a line for a shell, which shows the answer with its head. */
export function curlOf(sent: SentRequest): string {
  return curlLine(sent, { flags: ['-sS', '-i'] });
}

/** An answer as it came. `body` is JSON where the text is such, else the text; undefined when there is none. */
export interface Received extends HeardResponse {
  text: string;
  /** Each `Set-Cookie` line. */
  cookies: readonly string[];
}
