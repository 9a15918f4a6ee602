import { droppedFields } from '../../lib/apiserver/gated-fields';
import { librariesOf } from '../../lib/cel/libraries';
import { defaultGates } from '../../lib/kube/feature-gates';
import { gateNames, isGate, onSince } from '../../lib/kube/gates';
import { availability, kinds, kindSchema, releases } from '../../lib/kube/schema';
import type { KindVersion, KubernetesRelease, Schema, StructSchema } from '../../lib/kube/schema';

/** A release and the one before. */
export interface ReleaseStep {
  readonly release: KubernetesRelease;
  readonly before: KubernetesRelease;
}

/** Every release but the first. */
export const STEPS: readonly ReleaseStep[] = releases.flatMap((release, index) => {
  const before = releases[index - 1];
  return before === undefined ? [] : [{ release, before }];
});

/** What changes for manifests with a release, as the sections of its page. */
export function releaseChanges({ release, before }: ReleaseStep): string {
  const [now, was] = [fieldsOf(release), fieldsOf(before)];
  const isKept = (field: string, of: KubernetesRelease): boolean => !isDropped(field, of);
  const added = [...now].filter((field) => !was.has(field) && was.has(structOf(field)));
  const sections: [title: string, lines: string[]][] = [
    ['New kinds and versions', kindLines(servedKinds(release), servedKinds(before))],
    ['No longer served', kindLines(servedKinds(before), servedKinds(release))],
    ['Deprecated', deprecated(release, before)],
    ['New fields', added.filter((field) => isKept(field, release)).map(code)],
    [
      'New fields whose feature is off: accepted and dropped',
      added.filter((field) => isDropped(field, release)).map(code),
    ],
    [
      'Fields that were dropped before, and work now',
      [...now].filter((each) => was.has(each) && isDropped(each, before) && isKept(each, release)).map(code),
    ],
    ['Fields that are gone', [...was].filter((each) => !now.has(each) && now.has(structOf(each))).map(code)],
    ['Feature gates on by default', gatesSince(release)],
    ['New in CEL', celSince(release, before)],
  ];
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `### ${title}\n\n${lines.map((line) => `- ${line}`).join('\n')}`)
    .join('\n\n');
}

const code = (text: string): string => `\`${text}\``;

/** Kinds that a server serves unless it is told not to. */
export function servedKinds(release: KubernetesRelease): KindVersion[] {
  return kinds(release).filter(({ apiVersion, kind }) => {
    const found = availability(release, apiVersion, kind);
    return found?.status === 'served' && found.byDefault;
  });
}

function kindLines(these: readonly KindVersion[], others: readonly KindVersion[]): string[] {
  const known = new Set(others.map(nameOf));
  return these
    .map(nameOf)
    .filter((name) => !known.has(name) && !name.endsWith('List'))
    .sort();
}

function nameOf({ apiVersion, kind }: KindVersion): string {
  return `\`${apiVersion}\` ${kind}`;
}

function deprecated(release: KubernetesRelease, before: KubernetesRelease): string[] {
  const isDeprecated = (of: KubernetesRelease, { apiVersion, kind }: KindVersion): boolean => {
    const found = availability(of, apiVersion, kind);
    return found?.status === 'served' && found.deprecated !== undefined;
  };
  const names = servedKinds(release).filter(
    (kind) => isDeprecated(release, kind) && !isDeprecated(before, kind),
  );
  return names.map(nameOf).sort();
}

const known = new Map<KubernetesRelease, ReadonlySet<string>>();

/** The fields of every kind that a release serves by default, with their structs: `core/v1.PodSpec.hostUsers`. */
function fieldsOf(release: KubernetesRelease): ReadonlySet<string> {
  const found = known.get(release);
  if (found !== undefined) return found;
  const fields = new Set<string>();
  for (const { apiVersion, kind } of servedKinds(release)) {
    const schema = kindSchema(release, apiVersion, kind);
    if (schema !== undefined) gather(schema, fields);
  }
  const sorted = new Set([...fields].sort());
  known.set(release, sorted);
  return sorted;
}

function gather(root: StructSchema, fields: Set<string>): void {
  const waiting = [root];
  for (let struct = waiting.pop(); struct !== undefined; struct = waiting.pop()) {
    if (fields.has(struct.name)) continue;
    fields.add(struct.name);
    for (const field of struct.fields.values()) {
      fields.add(`${struct.name}.${field.name}`);
      waiting.push(...structsIn(field));
    }
  }
}

function structsIn(schema: Schema): StructSchema[] {
  if (schema.type === 'struct') return [schema.struct()];
  if (schema.type === 'list') return structsIn(schema.items);
  if (schema.type === 'map') return structsIn(schema.values);
  return schema.type === 'union' ? schema.of.flatMap(structsIn) : [];
}

function structOf(field: string): string {
  return field.slice(0, field.lastIndexOf('.'));
}

function isDropped(field: string, release: KubernetesRelease): boolean {
  const name = field.slice(field.lastIndexOf('.') + 1);
  return droppedFields(structOf(field), defaultGates(release)).some(([dropped]) => dropped === name);
}

function gatesSince(release: KubernetesRelease): string[] {
  const names = gateNames.filter((name) => isGate(name) && onSince(name) === release);
  return names.length === 0 ? [] : [names.map(code).join(', ')];
}

function celSince(release: KubernetesRelease, before: KubernetesRelease): string[] {
  const old = new Set(librariesOf(before));
  const added = librariesOf(release)
    .filter((library) => !old.has(library))
    .flatMap(({ functions, macros }) => [
      ...(functions?.keys() ?? []),
      // A macro is kept with the number of its arguments.
      ...[...(macros?.keys() ?? [])].map((macro) => macro.replace(/[./]\d$/, '')),
    ]);
  // Operators have names that nobody writes.
  const names = [...new Set(added)].filter((name) => /^[A-Za-z.]+$/.test(name)).sort();
  return names.length === 0 ? [] : [names.map(code).join(', ')];
}
