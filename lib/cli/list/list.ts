import { withCallers } from '../../errors';
import { inert } from '../../text';
import { formatId, type Manifest } from '../../manifest/manifest';
import { counted } from '../../report/counts';
import { jsonText } from '../../report/escape/json';
import { name as shown } from '../../report/escape/terminal';
import { openProject, type AppOptions } from '../project/project';
import { runProject } from '../run/app';
import { checkEnvironment, inEnvironment } from '../run/environment';
import type { Context } from '../terminal/context';
import type { Paint } from '../terminal/terminal';

/** The options of `seaworthy list`. */
export interface ListFlags extends AppOptions {
  readonly output?: 'text' | 'json';
  readonly environment?: string;
}

/** `seaworthy list`: runs the app and lists its environments, charts and objects. */
export async function list(options: ListFlags, context: Context): Promise<number> {
  const { terminal } = context;
  const results = await runProject(openProject(options, context), context);
  checkEnvironment(results, options.environment);
  const apps = results.map(({ name, manifests }) =>
    group(name ?? null, inEnvironment(manifests, options.environment), [environmentOf, chartOf]),
  );
  if (options.output === 'json') await terminal.print(jsonText({ apps: apps.map(appToJson) }));
  else await terminal.printAll(table(apps, terminal.out));
  return 0;
}

/** An app, an environment or a chart; `name` is null for objects outside of one. */
interface Group {
  readonly name: string | null;
  readonly manifests: readonly Manifest[];
  readonly inside: readonly Group[];
}

type Level = (manifest: Manifest) => string | undefined;

const environmentOf: Level = ({ origin }) => origin?.environment;
const chartOf: Level = ({ origin }) => origin?.chart;

/** `manifests` by the first of `levels`, and each part by the next; in order of appearance. */
function group(
  name: string | null,
  manifests: readonly Manifest[],
  [level, ...deeper]: readonly Level[],
): Group {
  if (level === undefined) return { name, manifests, inside: [] };
  const parts = new Map<string | null, Manifest[]>();
  for (const manifest of manifests) {
    const part = level(manifest) ?? null;
    const members = parts.get(part);
    if (members === undefined) parts.set(part, [manifest]);
    else members.push(manifest);
  }
  return { name, manifests, inside: [...parts].map(([part, members]) => group(part, members, deeper)) };
}

function appToJson({ name, inside }: Group): object {
  const charts = ({ inside }: Group) =>
    inside.map((chart) => ({ name: chart.name, objects: chart.manifests.map(objectToJson) }));
  return { name, environments: inside.map((part) => ({ name: part.name, charts: charts(part) })) };
}

function objectToJson({ id, origin }: Manifest): object {
  const { apiVersion, kind, namespace, name } = id;
  return {
    apiVersion,
    kind,
    namespace,
    name,
    construct: origin?.construct,
    source: origin?.source,
    calledFrom: origin?.calledFrom,
  };
}

/** One line: a name, and a remark about it. */
interface Row {
  readonly depth: number;
  readonly text: string;
  readonly remark: string;
  readonly isGroup: boolean;
}

/** Columns. Beyond this width the remarks are no longer aligned. */
const WIDEST = 72;

function* table(apps: readonly Group[], paint: Paint): Generator<string> {
  const rows = apps.flatMap((app) => [...rowsOf(app, 0)]);
  const width = rows.reduce(
    (widest, row) => Math.min(WIDEST, Math.max(widest, row.depth * 2 + row.text.length)),
    0,
  );
  for (const { depth, text, remark, isGroup } of rows) {
    const indent = '  '.repeat(depth);
    const padding = remark === '' ? '' : ' '.repeat(Math.max(0, width - indent.length - text.length) + 2);
    const about = remark === '' ? '' : paint.dim(remark);
    yield inert(`${indent}${isGroup ? paint.bold(text) : text}${padding}${about}\n`);
  }
}

/** A group without a name has no line of its own. */
function* rowsOf({ name, manifests, inside }: Group, depth: number): Generator<Row> {
  if (name !== null)
    yield { depth, text: shown(name), remark: counted(manifests.length, 'object'), isGroup: true };
  const below = name === null ? depth : depth + 1;
  for (const part of inside) yield* rowsOf(part, below);
  if (inside.length > 0) return;
  for (const { id, origin } of manifests) {
    yield {
      depth: below,
      text: shown(formatId(id)),
      remark: shown(origin?.source === undefined ? (origin?.construct ?? '') : withCallers(origin)),
      isGroup: false,
    };
  }
}
