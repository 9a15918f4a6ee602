import { parseDocuments } from '../../lib/manifest/yaml/parse';
import type { KubeObject } from '../../lib/manifest/manifest';

// Facts are text: a heading `# v1 Service web` names an object, and each line below it changes one field of the object
// and says what an API server answered: `spec.ports[0].port = 0 -> spec.ports[0].port`, `spec.type removed -> none`.

type Plain = Record<string | number, unknown>;

export interface Fact {
  readonly base: string;
  readonly line: string;
  readonly path: readonly string[];
  /** The new value of the field; `undefined` for a field that is removed. */
  readonly value: unknown;
  readonly answer: string;
}

/** The objects that headings name, by heading. */
export function basesIn(text: string): ReadonlyMap<string, KubeObject> {
  return new Map(
    parseDocuments(text).map(({ value }) => {
      const object = value as KubeObject;
      const { apiVersion, kind, metadata } = object;
      return [`${apiVersion} ${kind} ${(metadata as { name?: string }).name ?? ''}`.trim(), object];
    }),
  );
}

const LINE = /^(.+?) (?:removed|= (.+)) -> (.+)$/;

export function factsIn(text: string): Fact[] {
  let base = '';
  return text
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      if (line.startsWith('# ')) {
        base = line.slice(2);
        return [];
      }
      const [, path = '', value, answer = ''] = LINE.exec(line) ?? [];
      if (path === '') throw new Error(`not a fact: ${line}`);
      const fact = {
        base,
        line,
        path: [...path.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(([, key, name]) => key ?? name ?? ''),
        value: value === undefined ? undefined : (JSON.parse(value) as unknown),
        answer,
      };
      return [fact];
    });
}

/** A copy of an object with the change of a fact. */
export function changed(object: KubeObject | undefined, { path, value }: Fact): KubeObject {
  const copy = structuredClone(object) as unknown as Plain;
  const last = path.at(-1) ?? '';
  let target = copy;
  for (const step of path.slice(0, -1)) target = target[step] as Plain;
  if (value === undefined && Array.isArray(target)) target.splice(Number(last), 1);
  else if (value === undefined) delete target[last];
  else target[last] = value;
  return copy as unknown as KubeObject;
}
