import { basename } from 'node:path';
import type { Reason } from '../reasons';
import { isRecord } from '../../project/section';

/** What the names of files say. */
const NAMES: readonly (readonly [RegExp, Reason])[] = [
  [/^(?:.*[-._])?values(?:[-._].*)?\.(?:ya?ml|json)$/i, 'values'],
  [/^(?:Chart|requirements|helmfile)\.(?:ya?ml|lock)$/, 'helm'],
  [/^(?:docker-)?compose(?:[-._].*)?\.ya?ml$/i, 'compose'],
  [/^\.?(?:gitlab-ci|travis|drone|cirrus|woodpecker|azure-pipelines|appveyor|cloudbuild)\b/i, 'ci'],
  [/^(?:dependabot|renovate|codecov)\b/i, 'ci'],
];

/** What the top level of a file says: it is of this kind if it has all of one list of keys. */
const SHAPES: readonly (readonly [readonly (readonly string[])[], Reason])[] = [
  [[['apiVersion', 'entries']], 'helm'],
  [
    [
      ['openapi', 'info'],
      ['swagger', 'info'],
      ['asyncapi', 'info'],
      ['$schema', 'type'],
      ['$schema', 'definitions'],
      ['$schema', 'properties'],
    ],
    'api',
  ],
  [
    [
      ['on', 'jobs'],
      ['true', 'jobs'],
      ['stages'],
      ['jobs', 'workflows'],
      ['updates', 'version'],
      ['runs', 'description'],
      ['trigger', 'pool'],
    ],
    'ci',
  ],
  [[['services']], 'compose'],
  [[['groups'], ['scrape_configs'], ['rule_files'], ['route', 'receivers']], 'rules'],
];

/** What a document without `apiVersion` and `kind` is, by the name of its file and its keys. */
export function shapeOf(file: string, value: unknown): Reason {
  if (Array.isArray(value)) return shapeOfList(value);
  return shapeByKeys(file, isRecord(value) ? Object.keys(value) : []);
}

/** The same for text that cannot be read. */
export function shapeOfText(file: string, text: string): Reason {
  const keys = [...text.matchAll(/^\s{0,4}["']?([\w.$-]+)["']?\s*:/gm)].map(([, key]) => key ?? '');
  return shapeByKeys(file, keys);
}

function shapeByKeys(file: string, keys: readonly string[]): Reason {
  const name = basename(file);
  const named = NAMES.find(([pattern]) => pattern.test(name));
  if (named !== undefined) return named[1];
  const shaped = SHAPES.find(([lists]) => lists.some((list) => list.every((key) => keys.includes(key))));
  return shaped?.[1] ?? 'other';
}

/** Keys of plays, and of tasks. */
const PLAY = ['hosts', 'import_playbook', 'tasks', 'block', 'include_tasks', 'import_tasks', 'register'];

/** A module of Ansible by its full name: `kubernetes.core.k8s`. */
const MODULE = /^[a-z]\w*\.[a-z]\w*\.[a-z]\w*$/;

function shapeOfList(items: readonly unknown[]): Reason {
  const records = items.filter(isRecord);
  if (records.length === 0) return 'other';
  // JSON 6902: RFC 6902, section 4.
  if (records.every((item) => typeof item['op'] === 'string' && typeof item['path'] === 'string'))
    return 'patch';
  const isPlay = (item: Readonly<Record<string, unknown>>): boolean =>
    PLAY.some((key) => key in item) || Object.keys(item).some((key) => MODULE.test(key));
  return records.some(isPlay) ? 'playbook' : 'other';
}
