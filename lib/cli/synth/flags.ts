import type { AppOptions } from '../project/project';

/** The options of `seaworthy synth`. */
export interface SynthFlags extends AppOptions {
  readonly output?: string;
  readonly stdout?: boolean;
  readonly environment?: string;
  readonly watch?: boolean;
  /** `--check`: compare only. `--no-check`: write the manifests even if they have errors. */
  readonly check?: boolean;
}
