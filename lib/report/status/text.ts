import type { PodStatus, WorkloadState, WorkloadStatus } from '../../cluster/status/types';
import { inert } from '../../text';
import { counted } from '../counts';
import { name, sentence } from '../escape/terminal';
import type { Paint } from '../paint';
import { unfinishedAppsLines } from '../unfinished';
import { duration } from './duration';
import type { StatusPrinter, StatusReport } from './report';

/** A line of the table, or a sentence below one. */
type Row =
  | { readonly cells: readonly string[]; readonly state?: WorkloadState; readonly isBad?: boolean }
  | { readonly below: string };

const HEAD = ['NAME', 'STATUS', 'READY', 'RESTARTS', 'AGE', 'NODE', 'IMAGES'];

/** Columns of a name beyond which the rest of the line is no longer aligned. */
const WIDEST = 60;

/** For people: a line a workload, its pods below it, and what a person would look for below these. */
export const text: StatusPrinter = (report, paint) => {
  const { workloads, forbidden } = report.status;
  const lines =
    workloads.length === 0
      ? [`No workloads in ${report.source === undefined ? placeOf(report) : name(report.source)}.`]
      : [...table(report, paint), '', summary(workloads)];
  if (forbidden.length > 0)
    lines.push(`Not shown, since this user may not read them: ${forbidden.map(name).join(', ')}.`);
  const { unfinished = [] } = report;
  if (unfinished.length > 0) lines.push('', ...unfinishedAppsLines(unfinished));
  return inert(
    `${paint.dim(`${name(report.cluster.context)}, ${placeOf(report)}`)}\n\n${lines.join('\n')}\n`,
  );
};

function placeOf({ namespace, source }: StatusReport): string {
  const place = namespace === null ? 'all namespaces' : `namespace ${name(namespace)}`;
  if (source === undefined) return place;
  return namespace === null ? name(source) : `${name(source)} in ${place}`;
}

function table({ status, namespace }: StatusReport, paint: Paint): string[] {
  const rows: Row[] = [
    { cells: HEAD },
    ...status.workloads.flatMap((each) => workloadRows(each, namespace === null)),
  ];
  const widths = HEAD.map((_, column) =>
    rows.reduce(
      (widest, row) =>
        'below' in row ? widest : Math.max(widest, Math.min(WIDEST, row.cells[column]?.length ?? 0)),
      0,
    ),
  );
  return rows.map((row, index) => {
    if ('below' in row) return paint.dim(row.below);
    const shown = row.cells.map((cell, column) =>
      coloured(cell.padEnd(widths[column] ?? 0), column, row, paint),
    );
    const line = shown.join('  ').trimEnd();
    return index === 0 ? paint.dim(line) : line;
  });
}

const STATUS_COLUMN = 1;

function coloured(
  cell: string,
  column: number,
  { state, isBad = false }: Exclude<Row, { readonly below: string }>,
  paint: Paint,
): string {
  if (column === 0 && state !== undefined) return paint.bold(cell);
  if (column !== STATUS_COLUMN) return cell;
  if (isBad || state === 'failed' || state === 'missing') return paint.red(cell);
  if (state === 'progressing' || state === 'terminating') return paint.yellow(cell);
  return state === 'ready' || state === 'complete' ? paint.green(cell) : cell;
}

function workloadRows(workload: WorkloadStatus, hasNamespaces: boolean): Row[] {
  const { id, state, reason, wanted, ready, age, pods } = workload;
  const place = hasNamespaces && id.namespace !== undefined ? `${id.namespace}/${id.name}` : id.name;
  const numbers = wanted === undefined ? '' : `${ready ?? 0}/${wanted}`;
  const row: Row = {
    cells: [name(`${id.kind} ${place}`), state, numbers, '', age === undefined ? '' : duration(age)],
    state,
  };
  // What a pod says is not said twice.
  const isSaid = reason === undefined || pods.some((pod) => pod.reason === reason);
  return [row, ...(isSaid ? [] : [{ below: `  ${sentence(reason)}` }]), ...pods.flatMap(podRows)];
}

/** Phases that are as they should be, or on the way there. */
const FINE =
  /^(Running|Completed|Succeeded|Pending|ContainerCreating|PodInitializing|Init:\d+\/\d+|Terminating|SchedulingGated)$/;

/** Lines of a log that are shown. */
const LOG_LINES = 5;

function podRows({ log = [], ...status }: PodStatus): Row[] {
  const { name: pod, phase, ready, restarts, age, node = '', images, reason } = status;
  const cells = [
    `  ${name(pod)}`,
    name(phase),
    ready,
    String(restarts),
    duration(age),
    name(node),
    images.map(name).join(', '),
  ];
  return [
    { cells, isBad: !FINE.test(phase) },
    ...(reason === undefined ? [] : [{ below: `      ${sentence(reason)}` }]),
    ...log.slice(-LOG_LINES).map((line) => ({ below: `      | ${sentence(line)}` })),
  ];
}

/** `3 workloads: 1 failed, 2 ready` */
function summary(workloads: readonly WorkloadStatus[]): string {
  const counts = new Map<WorkloadState, number>();
  for (const { state } of workloads) counts.set(state, (counts.get(state) ?? 0) + 1);
  const order: readonly WorkloadState[] = [
    'missing',
    'failed',
    'terminating',
    'progressing',
    'suspended',
    'complete',
    'ready',
  ];
  const parts = order.flatMap((state) => (counts.has(state) ? [`${counts.get(state)} ${state}`] : []));
  return `${counted(workloads.length, 'workload')}: ${parts.join(', ')}`;
}
