/**
 * Compares `fit` with where a kube-scheduler 1.36 placed the pods of recorded scenarios:
 *
 *     npm run corpus:fit -- [fit.jsonl.gz [fit-more.jsonl.gz]] [--order priority] [--family spread] [--messages] [--all]
 *
 * Prints by family how often all workloads of a scenario have as many pods placed, of those scenarios in which three runs
 * of the scheduler agreed, and how often the messages of what stays pending have the same reasons and counts; and by filter
 * how often the messages that name it agree. Of disagreements in what is placed, `on ties` are those where fit says itself
 * that the number hangs on which of equally good nodes is drawn. With --family it lists the disagreements of that family; --messages lists
 * those of messages as well, --all everything.
 */
import { parseArgs } from 'node:util';
import { fit } from '../../lib/fit/fit';
import type { NodeSpec } from '../../lib/fit/node-spec';
import type { Fit } from '../../lib/fit/result';
import type { KubeObject, ObjectId } from '../../lib/manifest/manifest';
import { ManifestSet } from '../../lib/manifest/set';
import { readRecorded } from './recorded';

interface RecordedWorkload {
  readonly name: string;
  readonly namespace?: string;
  readonly replicas?: number;
  readonly labels?: Record<string, string>;
  readonly spec?: unknown;
  readonly object?: KubeObject;
}

interface RecordedResult {
  readonly placed: number;
  readonly pending: number;
  readonly messages: readonly string[];
  readonly nodes: Readonly<Record<string, string>>;
}

interface Scenario {
  readonly id: string;
  readonly family?: string;
  readonly namespaces?: Readonly<Record<string, Record<string, string>>>;
  readonly objects?: readonly KubeObject[];
  readonly bound?: readonly {
    readonly name: string;
    readonly namespace?: string;
    readonly labels: Record<string, string>;
    readonly spec: unknown;
    readonly phase?: string;
  }[];
  readonly nodes: readonly NodeSpec[];
  readonly workloads: readonly RecordedWorkload[];
  readonly stable: boolean;
  readonly result: Readonly<Record<string, RecordedResult>>;
}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    family: { type: 'string' },
    order: { type: 'string' },
    messages: { type: 'boolean' },
    all: { type: 'boolean' },
  },
});

class Tally {
  scenarios = 0;
  agree = 0;
  onTies = 0;
  messages = 0;
  messagesAgree = 0;

  row(name: string): string {
    const parts = [
      String(this.scenarios).padStart(5),
      percent(this.agree, this.scenarios).padStart(9),
      String(this.onTies).padStart(7),
      String(this.messages).padStart(9),
      percent(this.messagesAgree, this.messages).padStart(9),
    ];
    return `${name.padEnd(34)} ${parts.join(' ')}`;
  }
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)}%`;
}

/** The objects of a scenario in the order in which they were created. */
function objectsOf({ namespaces = {}, objects = [], workloads }: Scenario): unknown[] {
  return [
    ...Object.entries(namespaces).map(([name, labels]) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels },
    })),
    ...objects,
    ...workloads.flatMap((workload): unknown[] => {
      if (workload.object !== undefined) return [workload.object];
      return Array.from({ length: workload.replicas ?? 0 }, (_, index) =>
        pod(workload, `${workload.name}-${index}`),
      );
    }),
  ];
}

function pod(
  { namespace = 'default', labels = {}, spec }: Omit<RecordedWorkload, 'name'>,
  name: string,
): KubeObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels }, spec };
}

function fitOf(scenario: Scenario): Fit {
  const bound = (scenario.bound ?? []).map(({ name, phase = 'Running', ...rest }) => ({
    ...pod(rest, name),
    status: { phase },
  }));
  const order = options.order === 'priority' ? 'priority' : 'set';
  return fit(ManifestSet.of(objectsOf(scenario)), scenario.nodes, { kubernetes: '1.36', pods: bound, order });
}

function sameId(one: ObjectId, other: ObjectId): boolean {
  return one.kind === other.kind && one.namespace === other.namespace && one.name === other.name;
}

/** The reasons of a message with their counts, without what it says of preemption. */
function histogram(message: string): string {
  return message
    .replace(/^0\/\d+ nodes are available: /, '')
    .split('. ')[0]
    ?.replace(/\.$/, '') as string;
}

const placed = { simple: new Tally(), more: new Tally() };
const byFamily = new Map<string, Tally>();
const byFilter = new Map<string, { total: number; agree: number }>();

function compare(scenario: Scenario, total: Tally): void {
  const { family = 'simple', stable, workloads, result } = scenario;
  const own = byFamily.get(family) ?? new Tally();
  byFamily.set(family, own);
  const { placements, doubts } = fitOf(scenario);
  const differences: string[] = [];
  let [isSame, hangsOnTies] = [true, true];
  for (const { name, namespace = 'default', object, replicas } of workloads) {
    const pods = new Set(
      Array.from({ length: replicas ?? 0 }, (_, index) => `${namespace}/${name}-${index}`),
    );
    const ours = placements.filter(({ pod: { namespace: its, name: podName }, workload }) =>
      object === undefined
        ? pods.has(`${its}/${podName}`)
        : workload.kind === object.kind && workload.name === name,
    );
    const theirs = result[name];
    if (theirs === undefined) continue;
    const count = ours.filter(({ node }) => node !== undefined).length;
    if (count !== theirs.placed) {
      isSame = false;
      const own = doubts.filter(({ workload }) => ours.some((each) => sameId(each.workload, workload)));
      const least = count - own.reduce((sum, each) => sum + each.placed - each.least, 0);
      const most = count + own.reduce((sum, each) => sum + each.most - each.placed, 0);
      const isDoubted = least <= theirs.placed && theirs.placed <= most;
      hangsOnTies &&= isDoubted;
      const tie = isDoubted ? `, ${least} to ${most} by how ties are drawn` : '';
      differences.push(`${name}: ${theirs.placed} placed by the scheduler, ${count} here${tie}`);
    }
    if (!stable || theirs.messages.length === 0) continue;
    const said = new Set(theirs.messages.map(histogram));
    const here = new Set(
      ours.flatMap(({ node, message, preemptedBy }) =>
        node !== undefined || message === undefined || preemptedBy || message.startsWith('not created')
          ? []
          : [histogram(message)],
      ),
    );
    const agrees = said.size === here.size && [...said].every((each) => here.has(each));
    for (const tally of [total, own]) {
      tally.messages++;
      if (agrees) tally.messagesAgree++;
    }
    for (const reason of new Set(
      [...said].flatMap((each) => each.split(', ').map((one) => one.replace(/^\d+ /, ''))),
    )) {
      const counts = byFilter.get(reason) ?? { total: 0, agree: 0 };
      byFilter.set(reason, counts);
      counts.total++;
      if (agrees) counts.agree++;
    }
    if (!agrees && (options.messages === true || options.all === true))
      differences.push(
        `${name}: "${[...said].join('" "')}" by the scheduler, "${[...here].join('" "')}" here`,
      );
  }
  if (stable)
    for (const tally of [total, own]) {
      tally.scenarios++;
      if (isSame) tally.agree++;
      else if (hangsOnTies) tally.onTies++;
    }
  if ((options.all === true || options.family === family) && differences.length > 0 && stable)
    console.log(`${scenario.id}: ${differences.join('\n    ')}`);
}

const started = performance.now();
for (const scenario of readRecorded<Scenario>('fit.jsonl.gz', positionals[0]))
  compare(scenario, placed.simple);
for (const scenario of readRecorded<Scenario>('fit-more.jsonl.gz', positionals[1]))
  compare(scenario, placed.more);

const columns = 'cases    placed on ties  messages     agree';
console.log(`${'family'.padEnd(34)} ${columns}`);
for (const [name, tally] of [...byFamily].sort(
  ([, a], [, b]) => a.agree / a.scenarios - b.agree / b.scenarios,
))
  console.log(tally.row(name));
console.log(`\n${'filter, by reason'.padEnd(90)}  cases     agree`);
for (const [reason, { total, agree }] of [...byFilter].sort(
  ([, a], [, b]) => a.agree / a.total - b.agree / b.total,
))
  console.log(
    `${reason.slice(0, 90).padEnd(90)} ${String(total).padStart(6)} ${percent(agree, total).padStart(9)}`,
  );
console.log();
console.log(placed.simple.row('all of fit.jsonl.gz'));
console.log(placed.more.row('all of fit-more.jsonl.gz'));
console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);
