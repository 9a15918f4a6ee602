import type { Io, Terminal } from './terminal';

/** What every command gets besides its options. */
export interface Context {
  readonly io: Io;
  readonly terminal: Terminal;
}
