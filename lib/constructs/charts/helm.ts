import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UnplacedProblem } from '../core/problems';

/** A chart, and what it is to be rendered with. */
export interface ChartRequest {
  /** The program. */
  readonly helm: string;
  readonly chart: string;
  readonly version: string;
  readonly repository: string | undefined;
  /** A folder with the chart, which is rendered instead of one from the repository. */
  readonly folder: string | undefined;
  readonly release: string;
  readonly namespace: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Of the cluster: `1.36.0`. */
  readonly kubernetes: string;
  /** What the cluster has in addition to Kubernetes' own: `monitoring.coreos.com/v1`. */
  readonly apiVersions: readonly string[];
  readonly hasCrds: boolean;
}

/** What helm printed, or why it printed nothing. */
export type Outcome = { readonly text: string } | { readonly problem: UnplacedProblem };

/** More than all objects of any chart. */
const MOST_BYTES = 1 << 28;

/** The charts that were fetched in this process, by where from. */
const fetched = new Map<string, string | UnplacedProblem>();

/**
 * What `helm template` prints for a chart. It is fetched once in a process, whatever number of releases there are of it.
 *
 * @returns HELM_FAILED where there is no helm, no such chart, or the chart refuses its values
 */
export function template(request: ChartRequest): Outcome {
  const found = request.folder ?? fetch(request);
  if (typeof found !== 'string') return { problem: found };
  const { helm, release, namespace, kubernetes, apiVersions, hasCrds, values } = request;
  const args = [
    ...['template', release, found, '--namespace', namespace, '--kube-version', kubernetes],
    ...apiVersions.flatMap((each) => ['--api-versions', each]),
    ...(hasCrds ? ['--include-crds'] : []),
    ...['--skip-tests', '--values', '-'],
  ];
  return run(helm, args, asciiJson(values));
}

/** As YAML, JSON may not have the line breaks of Unicode: helm would fold them. */
function asciiJson(value: unknown): string {
  const code = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, code);
}

/** The file of a chart from a repository. */
function fetch(request: ChartRequest): string | UnplacedProblem {
  const { helm, chart, version, repository = '' } = request;
  const key = JSON.stringify([helm, chart, version, repository]);
  const known = fetched.get(key);
  if (known !== undefined) return known;
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-chart-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const from = /^oci:/.test(repository)
    ? [`${repository.replace(/\/+$/, '')}/${chart}`]
    : [chart, '--repo', repository];
  const outcome = run(helm, ['pull', ...from, '--version', version, '--destination', folder]);
  const [file] = 'problem' in outcome ? [] : readdirSync(folder);
  const result = 'problem' in outcome ? outcome.problem : join(folder, file ?? '');
  fetched.set(key, result);
  return result;
}

function run(helm: string, args: readonly string[], input = ''): Outcome {
  const { error, status, stdout, stderr } = spawnSync(helm, args, {
    encoding: 'utf8',
    input,
    maxBuffer: MOST_BYTES,
  });
  if (error !== undefined) return { problem: notRun(helm, error) };
  if (status === 0) return { text: stdout };
  const [, said = stderr] = /^Error: ([^]*)/m.exec(stderr) ?? [];
  const isOfValues = /values don't meet the specifications|cannot unmarshal .* into Go value/.test(said);
  return {
    problem: {
      code: 'HELM_FAILED',
      path: isOfValues ? 'values' : 'chart',
      message: `helm ${args[0] ?? ''}: ${said.trim() || 'failed, and does not say why'}`,
    },
  };
}

function notRun(helm: string, error: NodeJS.ErrnoException): UnplacedProblem {
  const reason = error.code === 'ENOENT' ? 'there is no such program' : error.message;
  return {
    code: 'HELM_FAILED',
    path: 'helm',
    message: `cannot run "${helm}": ${reason}`,
    hint: 'Install Helm 3.8 or later, or name the program in the prop `helm`.',
  };
}
