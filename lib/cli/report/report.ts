import { resolve } from 'node:path';
import { createColors } from 'picocolors';
import { draw } from '../../draw/draw';
import { SeaworthyError } from '../../errors';
import type { NodeSpec } from '../../fit/node-spec';
import type { FitOptions } from '../../fit/options';
import { ofEnvironment } from '../../fit/pools/of-environment';
import { poolNodes } from '../../fit/pools/pool-nodes';
import { release } from '../../kube/schema';
import { ManifestSet } from '../../manifest/set';
import { placeOf } from '../../report/check/merge';
import type { CheckReport, Part } from '../../report/check/report';
import { isAtLeast } from '../../report/check/severities';
import type { FitPart } from '../../report/fit/report';
import type { ClusterView, WholeReport } from '../../report/whole/report';
import { reportOf } from '../check/print';
import { readNodesAndPods, type ReadNodes } from '../files/nodes';
import { printReports } from '../files/reports';
import { namedFrom } from '../files/sources';
import { isTight, placed } from '../fit/fit';
import { ownPackage } from '../project/own-package';
import type { Context } from '../terminal/context';
import type { Terminal } from '../terminal/terminal';
import { isInTheWay } from '../upgrade/upgrade';
import type { ReportFlags } from './flags';
import type { Input } from './input';
import { networkOf } from './network';
import { refuseContradictions } from './usage';

/**
 * `seaworthy report`: one page of what check, plan, fit and upgrade say of the app, or of the manifests in `files`.
 *
 * @returns 2 if a document is broken, 1 if one of them fails, else 0
 */
export async function report(
  files: readonly string[],
  flags: ReportFlags,
  context: Context,
): Promise<number> {
  refuseContradictions(files, flags);
  for (const asked of [flags.kubernetes, flags.from, flags.to]) if (asked !== undefined) release(asked);
  const nodes = await readNodesAndPods(flags, context.io);
  const input =
    files.length === 0
      ? await (await import('./of-app')).ofApp(flags, context)
      : await (await import('./of-files')).ofFiles(files, flags, context);
  const { cwd } = context.io;
  const { lines, folder } = input.checked;
  const whole = wholeOf(input, nodes, flags, context);
  const { printWhole } = await import('../../report/whole/redacted');
  const means = {
    paint: createColors(false),
    lines: cwd === folder ? lines : (file: string) => lines(resolve(cwd, file)),
  };
  const print = (): string => printWhole(whole, means);
  const format = { name: 'html', about: 'people', print };
  const output = { format, ...(flags.out !== undefined && { file: flags.out }) };
  await printReports([output], print, context);
  return exitOf(whole);
}

function wholeOf(
  input: Input,
  nodes: ReadNodes,
  flags: ReportFlags,
  { io: { cwd }, terminal }: Context,
): WholeReport {
  const { checked, plan, upgrade } = input;
  const { version } = ownPackage();
  const check = reportOf(checked, (path) => namedFrom(cwd, path));
  const found = fitted(input, nodes, flags, terminal);
  return {
    version,
    check,
    clusters: check.parts.map((part) => viewOf(part, input.profiles, plan)),
    ...(plan !== undefined && { plan }),
    ...(found.length > 0 && { fit: { version, parts: found } }),
    ...(upgrade !== undefined && { upgrade: { version, parts: upgrade, fallback: check.fallback } }),
  };
}

/** The graph of one cluster, and who may reach whom in it. */
function viewOf(part: Part, profiles: Input['profiles'], plan: WholeReport['plan']): ClusterView {
  const place = placeOf(part);
  const set = ManifestSet.from(part.manifests, profiles);
  const changes = plan?.parts.find((each) => each.place === place)?.changes;
  const { findings } = part;
  const [drawing = { nodes: [], edges: [], groups: [] }] = draw(set, {
    findings,
    ...(changes !== undefined && { changes }),
  });
  return { place, drawing, network: networkOf(set) };
}

/** The nodes of a profile; none where it does not say enough of them. */
function nodesIn(
  profile: Parameters<typeof poolNodes>[0],
  environment: string | null,
  terminal: Terminal,
): NodeSpec[] {
  if (profile.nodePools === undefined || profile.nodePools.length === 0) return [];
  try {
    return ofEnvironment(environment ?? undefined, () => poolNodes(profile));
  } catch (error) {
    if (!(error instanceof SeaworthyError) || error.code !== 'INVALID_NODE') throw error;
    for (const line of `The page has no placement here: ${error.message}`.split('\n'))
      terminal.say(line, terminal.err.dim);
    return [];
  }
}

/** What finds a node, for each cluster whose nodes are known. */
function fitted(
  { sets }: Input,
  { nodes: given, pods }: ReadNodes,
  { kubernetes }: ReportFlags,
  terminal: Terminal,
): FitPart[] {
  const options: FitOptions = { ...(kubernetes !== undefined && { kubernetes }), changes: true, pods };
  return sets.flatMap((each): FitPart[] => {
    const nodes = given ?? nodesIn(each.profile, each.environment, terminal);
    return nodes.length === 0 ? [] : [placed(each, nodes, options)];
  });
}

function exitOf({ check, plan, fit: placement, upgrade }: WholeReport): number {
  if (isBroken(check)) return 2;
  const isBad =
    check.parts.some(({ findings }) => findings.some(({ severity }) => isAtLeast(severity, check.failOn))) ||
    (plan?.refused ?? []).length > 0 ||
    (placement?.parts ?? []).some((part) => isTight(part.fit)) ||
    (upgrade?.parts ?? []).some(isInTheWay);
  return isBad ? 1 : 0;
}

function isBroken({ parts }: CheckReport): boolean {
  return parts.some(({ broken = [] }) =>
    broken.some(({ findings }) => findings.some(({ severity }) => severity === 'error')),
  );
}
