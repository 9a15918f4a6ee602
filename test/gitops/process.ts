import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { TARGET_NAMES } from '../../lib/gitops/registry';
import type { Manifest } from '../../lib/manifest/manifest';
import { handOver } from '../cli/support/cli';
import { packageFolder } from '../cli/support/package';
import { put } from '../output/outputs';

/** A project for all targets, whose app hands over `manifests`; the clusters have what each deployer needs. */
export function projectAt(folder: string, manifests: readonly Manifest[]): void {
  const names = [...new Set(manifests.flatMap(({ origin }) => origin?.environment ?? []))];
  const clusters = Object.fromEntries(
    names.map((name) => [name, { installed: ['flux', 'argo-cd'] as const, spinnakerAccount: name }]),
  );
  const config = {
    app: 'node main.js',
    seaworthy: { repository: { url: 'https://github.com/acme/deploy.git' }, targets: [...TARGET_NAMES] },
  };
  put(folder, {
    'main.js': handOver({ name: 'shop', clusters, manifests }),
    'cdk8s.yaml': JSON.stringify(config),
    'package.json': '{}',
  });
}

const ARGV = ['synth', '--no-check'];

/**
 * Runs `seaworthy synth` in a project, in a process of its own.
 *
 * @throws if it does not end well
 */
export function synthIn(project: string, env: NodeJS.ProcessEnv = {}): void {
  const { status, stderr } = spawnSync(process.execPath, [bin(), ...ARGV], {
    cwd: project,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}

/** Starts `seaworthy synth` in a project. */
export function startSynthIn(project: string): ChildProcess {
  return spawn(process.execPath, [bin(), ...ARGV], { cwd: project, stdio: 'ignore' });
}

function bin(): string {
  return join(packageFolder(), 'bin', 'seaworthy.js');
}
