import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocuments } from '../../../../lib/manifest/yaml/parse';
import { admit } from '../../../../lib/check/admit';
import { refusals } from '../objects';

// `bases.yaml` has objects that a server takes. A line of `facts.txt` changes one field of the object that its heading
// names, and says what an API server of Kubernetes 1.36 answered: `ok`, or the fields that it complained about.

type Plain = Record<string | number, unknown>;

interface Fact {
  readonly base: string;
  readonly change: string;
  readonly path: readonly string[];
  readonly value: unknown;
  readonly refused: readonly string[];
}

const text = (name: string): string => readFileSync(join(__dirname, name), 'utf8');

const bases = new Map(
  parseDocuments(text('bases.yaml')).map(({ value }) => {
    const { apiVersion, kind, metadata } = value as {
      apiVersion: string;
      kind: string;
      metadata: { name?: string };
    };
    return [`${apiVersion} ${kind} ${metadata.name ?? ''}`.trim(), value];
  }),
);

const LINE = /^(.+?) (?:removed|= (.+)) -> (.+)$/;

function facts(): Fact[] {
  let base = '';
  return text('facts.txt')
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
        change: line,
        path: [...path.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(([, key, name]) => key ?? name ?? ''),
        value: value === undefined ? undefined : (JSON.parse(value) as unknown),
        refused: answer === 'ok' ? [] : answer.split(', '),
      };
      return [fact];
    });
}

function changed({ base, path, value }: Fact): unknown {
  const copy = structuredClone(bases.get(base)) as Plain;
  const last = path.at(-1) ?? '';
  let target = copy;
  for (const step of path.slice(0, -1)) target = target[step] as Plain;
  if (value === undefined && Array.isArray(target)) target.splice(Number(last), 1);
  else if (value === undefined) delete target[last];
  else target[last] = value;
  return copy;
}

const all = facts();

it('there is an object for every heading, and facts for every object', () => {
  expect(new Set(all.map(({ base }) => base))).toEqual(new Set(bases.keys()));
  expect(all.length).toBeGreaterThan(300);
});

it.each([...bases])('%s is taken as it is', (_, object) => {
  expect(refusals(object)).toEqual([]);
});

/**
 * What is said of each refused fact, in `messages.txt`: a block has the object and its change, then the path and message
 * of each finding. A new fact needs its block.
 */
const messages = new Map(
  text('messages.txt')
    .split('\n\n')
    .map((block) => block.trim().split('\n'))
    .map(([fact = '', ...lines]) => [fact, lines]),
);

it.each(all.map((fact) => [fact.base, fact.change, fact] as const))('%s: %s', (_base, _change, fact) => {
  expect(refusals(changed(fact)).sort()).toEqual([...fact.refused].sort());
  const said = admit(changed(fact)).map(({ path, message }) => `${path}: ${message}`);
  expect(said).toEqual(messages.get(`${fact.base} | ${fact.change.replace(/ -> .*/, '')}`) ?? []);
});
