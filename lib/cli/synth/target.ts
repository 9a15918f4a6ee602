import { resolve } from 'node:path';
import { refuseAsOutput, type Project } from '../project/project';
import type { Context } from '../terminal/context';
import type { SynthFlags } from './flags';

/** What a run writes, or compares. */
export interface Target {
  /** Absolute folder that the user asked for, instead of those of the app and cdk8s.yaml. */
  readonly output: string | undefined;
  /** The one environment that the user asked for. */
  readonly environment: string | undefined;
}

/** @throws SeaworthyError OUTPUT_NOT_OURS for a folder that cannot be an output */
export function targetOf(project: Project, { output, environment }: SynthFlags, { io }: Context): Target {
  const place = output === undefined ? undefined : resolve(io.cwd, output);
  refuseAsOutput(place ?? project.output, project, io.cwd);
  return { output: place, environment };
}
