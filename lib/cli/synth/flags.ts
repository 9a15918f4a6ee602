import type { AppOptions } from '../project/project';

/** The options of `seaworthy synth`. */
export interface SynthFlags extends AppOptions {
  readonly output?: string;
  readonly stdout?: boolean;
  readonly environment?: string;
  /** Names of targets, instead of those in cdk8s.yaml. */
  readonly target?: readonly string[];
  readonly watch?: boolean;
  /** `--check`: compare only. `--no-check`: write the manifests even if they have errors. */
  readonly check?: boolean;
}
