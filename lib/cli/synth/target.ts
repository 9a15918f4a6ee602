import { resolve } from 'node:path';
import { SeaworthyError } from '../../errors';
import type { TargetChoice } from '../../gitops/target';
import { refuseAsOutput, type Project } from '../project/project';
import type { Context } from '../terminal/context';
import type { SynthFlags } from './flags';

/** What a run writes, or compares. */
export interface Target {
  /** Absolute folder that the user asked for, instead of those of the app and cdk8s.yaml. */
  readonly output: string | undefined;
  /** The one environment that the user asked for. */
  readonly environment: string | undefined;
  /** What is written for which deployer; plain manifests where there is none. */
  readonly targets: readonly TargetChoice[];
}

/** @throws SeaworthyError OUTPUT_NOT_OURS for a folder that cannot be an output */
export function targetOf(
  project: Project,
  { output, environment, target, stdout }: SynthFlags,
  { io }: Context,
): Target {
  const place = output === undefined ? undefined : resolve(io.cwd, output);
  refuseAsOutput(place ?? project.output, project, io.cwd);
  const configured = project.targets ?? [];
  const targets =
    target?.map((name) => configured.find((each) => each.name === name) ?? { name, options: {} }) ??
    configured;
  if (stdout !== true) refuseWithTargets(project, targets);
  return { output: place, environment, targets };
}

/** What only targets do is not left out without a word, and neither is what they do not do. */
function refuseWithTargets(
  { placement = {}, keepGenerations = 0 }: Project,
  targets: readonly TargetChoice[],
): void {
  const hasTargets = targets.length > 0;
  const needing = (['path', 'namespaceFolders', 'crdsFirst'] as const).find(
    (key) => placement[key] !== undefined && placement[key] !== false,
  );
  if (!hasTargets && needing !== undefined) {
    throw new SeaworthyError({
      code: 'CONFIG_INVALID',
      path: `seaworthy.layout.${needing}`,
      message: 'needs a target',
      hint: 'Set targets: [kubectl], or another one, or use --target.',
    });
  }
  if (hasTargets && keepGenerations > 0) {
    throw new SeaworthyError({
      code: 'CONFIG_INVALID',
      path: 'seaworthy.keepGenerations',
      message: 'targets keep no former generations',
      hint: 'Leave out keepGenerations, or targets.',
    });
  }
}
