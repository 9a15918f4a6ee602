import { resolve } from 'node:path';
import { SeaworthyError } from '../../errors';
import { definedKind } from '../../manifest/defined-kind';
import { ManifestSet } from '../../manifest/set';
import { UPGRADE_FORMATS } from '../../report/upgrade/formats';
import type { UpgradePart, UpgradeReport } from '../../report/upgrade/report';
import { upgrade as upgradeSet, type UpgradeOptions } from '../../upgrade/upgrade';
import { groupsOf } from '../files/groups';
import { allManifests, readManifests, refuseFaulty, type FileManifests } from '../files/manifests';
import { printReports } from '../files/reports';
import { noObjects, reportSkipped } from '../files/skipped';
import { refuseTwoReports } from '../options/reports';
import { ownPackage } from '../project/own-package';
import { openProject, orNameFiles } from '../project/project';
import { runProject } from '../run/app';
import { checkEnvironment, inEnvironment } from '../run/environment';
import type { Result } from '../run/results';
import type { Context } from '../terminal/context';
import type { UpgradeFlags } from './flags';
import { withRewriting } from './rewritable';

/**
 * `seaworthy upgrade`: what each release on the way makes of the objects of the app, or of the manifests in `files`.
 *
 * @returns 1 if a release refuses an object, or drops what it needs, else 0
 */
export async function upgrade(
  files: readonly string[],
  flags: UpgradeFlags,
  context: Context,
): Promise<number> {
  refuseTwoReports(flags.output);
  refuseContradictions(flags, files);
  const { output = [{ format: UPGRADE_FORMATS[0] }], from, to, all, nodes, assume } = flags;
  const options: UpgradeOptions = {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(all !== undefined && { all }),
    ...(nodes !== undefined && { nodes }),
    ...(assume !== undefined && { assume: await manifestsIn(assume, flags, context) }),
  };
  const parts =
    files.length === 0
      ? await partsOfApp(options, flags, context)
      : await partsOfFiles(files, options, flags, context);
  const fallback = resolve(context.io.cwd, files[0] ?? 'cdk8s.yaml');
  const report: UpgradeReport = { version: ownPackage().version, parts, fallback };
  await printReports(output, ({ print }, paint) => print(report, paint), context);
  return parts.some(isInTheWay) ? 1 : 0;
}

/** Whether the objects cannot stay as they are. */
export function isInTheWay({ objects, skew }: UpgradePart): boolean {
  return (
    skew.length > 0 ||
    objects.some(({ changes }) =>
      changes.some(({ kind, severity }) => severity === 'error' && kind !== 'accepted'),
    )
  );
}

/** @throws SeaworthyError USAGE for options that would do nothing */
function refuseContradictions({ all, from, to, environment }: UpgradeFlags, files: readonly string[]): void {
  const refuse = (path: string, message: string): never => {
    throw new SeaworthyError({ code: 'USAGE', path, message, hint: 'Leave out one of them.' });
  };
  if (all === true && from !== undefined) refuse('--from', 'cannot be used with --all');
  if (all === true && to !== undefined) refuse('--to', 'cannot be used with --all');
  if (environment !== undefined && files.length > 0) refuse('--environment', 'cannot be used with files');
}

const FILES =
  'To rehearse the upgrade of files, name them or their folder: seaworthy upgrade deploy/ --from 1.31.';

async function partsOfApp(
  options: UpgradeOptions,
  flags: UpgradeFlags,
  context: Context,
): Promise<UpgradePart[]> {
  const results = await runProject(
    orNameFiles(FILES, () => openProject(flags, context, 'synth')),
    context,
  );
  checkEnvironment(results, flags.environment);
  return upgradedResults(results, options, flags.environment);
}

/** The way of each environment of some apps, or of one. */
export function upgradedResults(
  results: readonly Result[],
  options: UpgradeOptions,
  environment: string | undefined,
): UpgradePart[] {
  return results.flatMap(({ name: app, manifests, clusters }) => {
    const own = inEnvironment(manifests, environment);
    const set = ManifestSet.from(own, new Map(Object.entries(clusters)));
    return upgradeSet(set, options).clusters.map((cluster) => ({
      ...cluster,
      ...(app !== undefined && { app }),
      manifests: own,
    }));
  });
}

/** One set, for one cluster, unless folders or files have the same objects. */
async function partsOfFiles(
  files: readonly string[],
  options: UpgradeOptions,
  flags: UpgradeFlags,
  context: Context,
): Promise<UpgradePart[]> {
  const { cwd, stdin, env } = context.io;
  const read = await readManifests(files, { cwd, stdin, ...(flags.kustomize !== false && { env }) });
  reportSkipped(read.skipped, context.terminal);
  if (allManifests(refuseFaulty(read)).length === 0) throw noObjects(files, read.skipped);
  return upgradedFiles(read, options);
}

/** The way of what was read: one set, unless folders or files have the same objects. */
export function upgradedFiles(read: FileManifests, options: UpgradeOptions): UpgradePart[] {
  const named = [...(options.assume ?? [])];
  const known = new Set(named.map(definedKind));
  return groupsOf(read).flatMap(({ name: folder, manifests, definitions, contested = [] }) => {
    const open = contested.filter((manifest) => !known.has(definedKind(manifest)));
    const assume = ManifestSet.from([...named, ...definitions, ...open]);
    return upgradeSet(ManifestSet.from(manifests), { ...options, assume }).clusters.map((cluster) => ({
      ...cluster,
      objects: cluster.objects.map(withRewriting),
      ...(folder !== undefined && { folder }),
      manifests,
    }));
  });
}

async function manifestsIn(
  files: readonly string[],
  { kustomize }: UpgradeFlags,
  { io }: Context,
): Promise<ManifestSet> {
  const { cwd, stdin, env } = io;
  const read = await readManifests(files, { cwd, stdin, ...(kustomize !== false && { env }) });
  return ManifestSet.from(allManifests(refuseFaulty(read)));
}
