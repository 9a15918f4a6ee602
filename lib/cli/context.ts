import type { Io, Terminal } from './terminal';

/** What every command gets beside its own options. */
export interface Context {
  readonly io: Io;
  readonly terminal: Terminal;
}

/** Options of the commands that run the app. */
export interface AppOptions {
  /** In place of `app` of cdk8s.yaml. */
  readonly app?: string;
  /** Seconds. */
  readonly timeout?: number;
}
