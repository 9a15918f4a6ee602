import type { Readable } from 'node:stream';
import { SeaworthyError } from '../../errors';
import type { NodeSpec } from '../../fit/node-spec';
import { nodeSpecs } from '../../fit/node-specs';
import type { KubeObject } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import { allManifests, readManifests, refuseFaulty } from './manifests';

/** The files of `--nodes` and `--pods`. */
export interface NodeFlags {
  readonly nodes?: string;
  readonly pods?: string;
}

/** Where files are read from. */
interface Streams {
  readonly cwd: string;
  readonly stdin?: Readable | undefined;
}

/** What `--nodes` and `--pods` name. */
export interface ReadNodes {
  /** @default nothing says */
  readonly nodes?: readonly NodeSpec[];
  readonly pods: readonly KubeObject[];
}

/**
 * Reads the nodes and the running pods that the command line names.
 *
 * @throws SeaworthyError USAGE for a file without Nodes, or without Pods, and as `readManifests` does
 */
export async function readNodesAndPods({ nodes, pods }: NodeFlags, io: Streams): Promise<ReadNodes> {
  const specs = nodes === undefined ? undefined : nodeSpecs(await setIn(nodes, io));
  if (specs?.length === 0) throw nothingIn(nodes ?? '', '--nodes', 'Node', 'kubectl get nodes -o yaml');
  const objects = pods === undefined ? [] : [...(await setIn(pods, io))].map(({ object }) => object);
  const running = objects.filter(({ kind }) => kind === 'Pod');
  if (objects.length > 0 && running.length === 0)
    throw nothingIn(pods ?? '', '--pods', 'Pod', 'kubectl get pods -A -o yaml');
  return { ...(specs && { nodes: specs }), pods: running };
}

async function setIn(file: string, { cwd, stdin }: Streams): Promise<ManifestSet> {
  return ManifestSet.from(allManifests(refuseFaulty(await readManifests([file], { cwd, stdin }))));
}

function nothingIn(file: string, path: string, kind: string, command: string): SeaworthyError {
  const hint = `${command} prints them.`;
  return new SeaworthyError({ code: 'USAGE', path, message: `there is no ${kind} in ${file}`, hint });
}
