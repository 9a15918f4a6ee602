import { createHash } from 'node:crypto';

/** What a proxy can do to a request. */
export type Fault =
  /** 429 with Retry-After, and the server sees nothing of it. */
  | 'too-many-requests'
  /** 500, likewise. */
  | 'server-error'
  /** 503, likewise. */
  | 'unavailable'
  /** Cuts the connection, likewise. */
  | 'cut-before'
  /** Cuts it after the server has acted, before any of its answer arrives. */
  | 'cut-after'
  /** Cuts it in the middle of the answer. */
  | 'cut-answer'
  /** 504 after the server has acted. */
  | 'timeout'
  /** Sent on late, so that later requests overtake it. */
  | 'slow-request'
  /** Answered late, so that later answers overtake it. */
  | 'slow-answer'
  /** Ends a watch in the middle. */
  | 'watch-cut'
  /** Ends a watch with 410 Gone. */
  | 'watch-gone';

/** The share of requests that get each fault, from 0 to 1; of watches, for those of watches. */
export type FaultRates = Readonly<Partial<Record<Fault, number>>>;

export const SOME_OF_EACH: FaultRates = {
  'too-many-requests': 0.04,
  'server-error': 0.03,
  unavailable: 0.03,
  'cut-before': 0.04,
  'cut-after': 0.04,
  'cut-answer': 0.03,
  timeout: 0.02,
  'slow-request': 0.1,
  'slow-answer': 0.1,
  'watch-cut': 0.3,
  'watch-gone': 0.2,
};

/** A request as faults are chosen for it. */
export interface Seen {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly isWatch: boolean;
  /** How many requests with this method and path came before it. */
  readonly nth: number;
}

/** For a request: the fault that it gets, if any, and a number from 0 to 1 for its duration. */
export interface Choice {
  readonly fault: Fault | undefined;
  readonly extent: number;
}

/** Chooses by the seed and the request alone: whatever else is under way, it gets the same. */
export function chooseFault(seed: number, rates: FaultRates, { method, path, isWatch, nth }: Seen): Choice {
  const digest = createHash('sha256').update(`${seed} ${method} ${path} ${isWatch} ${nth}`).digest();
  let left = digest.readUInt32LE(0) / 2 ** 32;
  const extent = digest.readUInt32LE(4) / 2 ** 32;
  for (const [fault, rate] of Object.entries(rates) as [Fault, number][]) {
    if (fault.startsWith('watch-') !== isWatch) continue;
    left -= rate;
    if (left < 0) return { fault, extent };
  }
  return { fault: undefined, extent };
}
