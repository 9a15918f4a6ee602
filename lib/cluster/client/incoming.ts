import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';

/** An answer of a server that has begun. */
export interface Incoming {
  /** HTTP code: 200. */
  readonly code: number;
  /** Several of one name are one, with commas between them. */
  readonly headers: IncomingHttpHeaders;
  readonly body: Readable;
}
