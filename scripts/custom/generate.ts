/**
 * Writes lib/kube/custom/data anew, from the CustomResourceDefinitions of the releases in sources.json:
 *
 *     npx jiti scripts/custom/generate.ts [software…] [--cache folder]
 *
 * README.md describes sources and format.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Nodes } from './nodes';
import { definitions, type Json, type Source } from './sources';

const DATA = join(__dirname, '..', '..', 'lib', 'kube', 'custom', 'data');

/** The versions of a kind, by name, each the number of a node; by the release that changed them, null for a removed kind. */
type History = Record<string, Record<string, number> | null>;

interface KindData {
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly versions: History;
}

/** Minor releases as people write them: `1.18` of `v1.18.6`, `stable-2.14.10`, `version-2.20`. */
function minorOf(tag: string): string {
  return /(\d+\.\d+)/.exec(tag)?.[1] ?? tag;
}

interface SoftwareData {
  readonly kinds: Readonly<Record<string, KindData>>;
  readonly experimental?: Readonly<Record<string, KindData>>;
}

function generate(source: Source, cache: string): string {
  const nodes = new Nodes();
  const standard: Record<string, KindData> = {};
  const experimental: Record<string, KindData> = {};
  for (const release of source.releases) {
    process.stderr.write(`${source.name} ${release}\n`);
    const read = (files: readonly string[], into: Record<string, KindData>): void =>
      add(into, minorOf(release), definitions(source, release, files, cache), source, nodes);
    read(source.files, standard);
    if (source.experimental !== undefined) read(source.experimental, experimental);
  }
  const data: SoftwareData = { kinds: standard, ...(source.experimental && { experimental }) };
  const head = JSON.stringify(data).slice(0, -1);
  return `${head},"nodes":[\n${nodes.lines.join(',\n')}\n]}\n`;
}

function add(
  into: Record<string, KindData>,
  release: string,
  found: readonly Json[],
  source: Source,
  nodes: Nodes,
): void {
  const seen = new Set<string>();
  for (const { spec } of found as { spec: Json }[]) {
    const { group, names, scope } = spec as { group: string; names: Json; scope: KindData['scope'] };
    if (!source.kinds.includes(String(names['kind']))) continue;
    const key = `${group}/${String(names['kind'])}`;
    seen.add(key);
    const kind = (into[key] ??= { plural: String(names['plural']), scope, versions: {} });
    const versions = Object.fromEntries(
      (spec['versions'] as Json[]).map((version) => [String(version['name']), nodes.version(version)]),
    );
    change(kind.versions, release, versions);
  }
  for (const [key, { versions }] of Object.entries(into)) if (!seen.has(key)) change(versions, release, null);
}

function change(history: History, release: string, next: Record<string, number> | null): void {
  const last = Object.values(history).at(-1);
  if (JSON.stringify(last) !== JSON.stringify(next)) history[release] = next;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { cache: { type: 'string', default: join(tmpdir(), 'seaworthy-crds') } },
});
const sources = JSON.parse(readFileSync(join(__dirname, 'sources.json'), 'utf8')) as Source[];
mkdirSync(DATA, { recursive: true });
for (const source of sources) {
  if (positionals.length > 0 && !positionals.includes(source.software)) continue;
  writeFileSync(join(DATA, `${source.software}.json`), generate(source, values.cache));
}
writeFileSync(join(DATA, '..', 'software.ts'), tableOf(sources));

/** What is known without the data: the software, its groups and releases, and its kinds that live in no namespace. */
function tableOf(all: readonly Source[]): string {
  const entries = all.map(({ software, name, releases }) => {
    const text = readFileSync(join(DATA, `${software}.json`), 'utf8');
    const { kinds, experimental = {} } = JSON.parse(text) as SoftwareData;
    const facts = Object.entries({ ...experimental, ...kinds });
    return `  '${software}': ${JSON.stringify({
      name,
      groups: [...new Set(facts.map(([key]) => key.slice(0, key.indexOf('/'))))],
      kinds: facts.map(([key]) => key).sort(),
      clusterScoped: facts.filter(([, { scope }]) => scope === 'Cluster').map(([key]) => key),
      releases: releases.map(minorOf),
    })},`;
  });
  return `/**
 * Software whose custom kinds are known: its API groups and kinds, those in no namespace, and its releases, oldest first.
 * Written by scripts/custom/generate.ts.
 */
// prettier-ignore
export const software = {
${entries.join('\n')}
} as const;

export type Software = keyof typeof software;
`;
}
