import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { apply as applySet } from '../../cluster/apply/apply';
import { readReviewed, reviewedPlan, reviewedText } from '../../cluster/apply/reviewed';
import type { ApplyOptions, ApplyPlan, ApplyResult } from '../../cluster/apply/types';
import type { Cluster } from '../../cluster/client/cluster';
import { SeaworthyError } from '../../errors';
import { ManifestSet } from '../../manifest/set';
import { APPLY_FORMATS } from '../../report/apply/formats';
import { inCluster } from '../cluster/session';
import { sourceFor, type Source } from '../cluster/manifests';
import type { Context } from '../terminal/context';
import { confirmed, refuseUnattended } from './confirm';
import { refuseEncrypted } from './encrypted';
import type { ApplyFlags } from './flags';
import { limitsOf } from './limits';
import { applicationName, projectOptions } from './name';
import { isNothing, planText } from './plan';
import { originOf } from './origin';
import { ApplyProgress } from './progress';

/**
 * `seaworthy apply`: plans what the app or files change in a cluster, asks, applies it, and waits until it is ready.
 *
 * @returns 1 if something is refused or failed, or was not confirmed, else 0
 */
export async function apply(paths: readonly string[], flags: ApplyFlags, context: Context): Promise<number> {
  refuseUnattended(flags, context);
  const { timeout: _, ...others } = flags;
  const source = await sourceFor(paths, { ...others, ...projectOptions(flags) }, context);
  const [problem, ...more] = source.problems;
  if (problem !== undefined) throw new SeaworthyError(problem, ...more);
  refuseEncrypted(source);
  const name = applicationName(paths, flags, source, context);
  const origin = originOf(paths, context.io);
  return inCluster(flags, context, async (cluster) => {
    const release = context.io.holdSignals?.();
    try {
      return await applySource(cluster, source, { ...flags, name, origin }, context);
    } finally {
      release?.();
    }
  });
}

type Named = Omit<ApplyFlags, 'name'> & {
  readonly name: string | undefined;
  /** Where the manifests come from, for the history of the application. */
  readonly origin: string | undefined;
  /** What to say instead of applying where nothing changes. @default it is applied: waited for, and kept as a revision */
  readonly saysIfThere?: string;
};

/** Applies manifests as the options say, and tells how that ends. @returns the exit code */
export async function applySource(
  cluster: Cluster,
  source: Source,
  flags: Named,
  context: Context,
): Promise<number> {
  const { name, namespace = cluster.namespace, origin, writePlan, saysIfThere } = flags;
  const { cwd, signal } = context.io;
  const set = ManifestSet.from(source.manifests, clustersOf(source));
  const progress = new ApplyProgress(context.terminal);
  let isThere = false;
  const options: ApplyOptions = {
    ...optionsOf(flags, cwd),
    ...(name !== undefined && { name }),
    ...(origin !== undefined && { origin }),
    namespace,
    onEvent: progress.take,
    confirm: async (plan) => {
      isThere = saysIfThere !== undefined && isNothing(plan);
      if (isThere) return false;
      progress.hold();
      const answer = await decide(plan, cluster, source, flags, context);
      progress.resume();
      return answer;
    },
    ...(signal !== undefined && { signal }),
  };
  const result = await applySet(set, cluster, options).finally(() => progress.end());
  if (result.outcome === 'refused') await show(result.plan, cluster, source, flags, context);
  if (isThere && saysIfThere !== undefined) {
    context.terminal.say(saysIfThere);
    await printResult(nothingDone(result), cluster, { ...flags, namespace }, context);
    return 0;
  }
  if (writePlan !== undefined && result.outcome === 'declined') {
    const reviewed = reviewedPlan(result.plan, { server: cluster.server, name: name ?? '', namespace });
    writeFileSync(resolve(cwd, writePlan), reviewedText(reviewed), { mode: 0o600 });
    context.terminal.say(`The plan is in ${writePlan}. Apply it: seaworthy apply --plan ${writePlan}.`);
    return 0;
  }
  await printResult(result, cluster, { ...flags, namespace }, context);
  // The command ends as the signal asks, once it has told how far it came.
  if (result.outcome === 'interrupted') signal?.throwIfAborted();
  return result.outcome === 'applied' ? 0 : 1;
}

/** What there is already, as applying it comes to. */
function nothingDone(result: ApplyResult): ApplyResult {
  return { ...result, outcome: 'applied', unchanged: result.plan.changes.map(({ id }) => id) };
}

/** Shows the plan, and asks where there is something to ask. */
async function decide(
  plan: ApplyPlan,
  cluster: Cluster,
  source: Source,
  flags: Named,
  context: Context,
): Promise<boolean> {
  await show(plan, cluster, source, flags, context);
  if (flags.writePlan !== undefined) return false;
  if (flags.yes === true || flags.plan !== undefined || isNothing(plan)) return true;
  return confirmed(`Apply this to ${cluster.name || cluster.server}?`, context);
}

/** The plan is what the command prints before it acts; where its output is for programs, it is beside it. */
async function show(
  plan: ApplyPlan,
  cluster: Cluster,
  source: Source,
  { output, full = false }: Named,
  { terminal }: Context,
): Promise<void> {
  const isData = output !== undefined && output !== 'text';
  const text = planText(plan, cluster, source, full, isData ? terminal.err : terminal.out);
  if (isData) terminal.report(text.trimEnd());
  else await terminal.print(text, '\n');
}

async function printResult(
  result: ApplyResult,
  { name: context, server, version }: Cluster,
  { output, name, namespace }: Named & { readonly namespace: string },
  { terminal }: Context,
): Promise<void> {
  const format = APPLY_FORMATS.find((each) => each.name === output) ?? APPLY_FORMATS[0];
  await terminal.print(
    format.print(
      { cluster: { context, server, version }, name: name ?? '', namespace, result },
      terminal.out,
    ),
  );
}

function optionsOf(flags: Named, cwd: string): Omit<ApplyOptions, 'name'> {
  const {
    takeOwnership,
    recreate,
    allowDataLoss,
    prune,
    wait,
    timeout = [],
    rollbackOnFailure,
    plan,
    writePlan,
  } = flags;
  return {
    // Who reviews a plan wants to know all that stands against it.
    tryAll: flags.tryAll === true || plan !== undefined || writePlan !== undefined,
    ...(takeOwnership !== undefined && { takeOwnership }),
    ...(recreate !== undefined && { recreate }),
    ...(allowDataLoss !== undefined && { allowDataLoss }),
    ...(prune !== undefined && { prune }),
    ...(rollbackOnFailure !== undefined && { rollbackOnFailure }),
    ...(plan !== undefined && { reviewed: readReviewed(readFileSync(resolve(cwd, plan), 'utf8'), plan) }),
    wait: wait === false ? false : limitsOf(timeout),
  };
}

/** The profile of the environment, by which objects are read. */
function clustersOf({ manifests, profile }: Source): ManifestSet['clusters'] {
  const environment = manifests.find(({ origin }) => origin?.environment !== undefined)?.origin?.environment;
  return environment === undefined || profile === undefined ? new Map() : new Map([[environment, profile]]);
}
