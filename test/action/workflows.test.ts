import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { action, ROOT } from './runner';

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly permissions?: Readonly<Record<string, string>>;
        readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
      }
    >
  >;
}

const folder = join(ROOT, '.github', 'workflows');
const workflows = readdirSync(folder).map(
  (name) => [name, parse(readFileSync(join(folder, name), 'utf8')) as Workflow] as const,
);

/** Runs with the permission to read only. */
const BY_TAG = ['azure/setup-kubectl@v4'];

it('actions of others are pinned by commit', () => {
  const used = [
    ...action.runs.steps.map(({ uses }) => uses),
    ...workflows.flatMap(([, { jobs }]) =>
      Object.values(jobs).flatMap(({ steps }) => steps.map(({ uses }) => uses)),
    ),
  ].filter((uses) => uses !== undefined);
  expect(used.length).toBeGreaterThan(5);
  expect(used.filter((uses) => !/@[0-9a-f]{40}$/.test(uses) && !BY_TAG.includes(uses))).toEqual([]);
});

it.each(workflows)('%s may only read, but for the job that releases', (_, { permissions, jobs }) => {
  const granted = Object.entries(jobs).flatMap(([name, job]) =>
    Object.entries(job.permissions ?? permissions).map(([scope, access]) => `${name} ${scope} ${access}`),
  );
  const writing = granted.filter((grant) => !grant.endsWith(' contents read'));
  expect(writing).toEqual(
    jobs['release'] === undefined
      ? []
      : ['contents', 'pull-requests', 'id-token'].map((scope) => `release ${scope} write`),
  );
});

it('no script of a workflow has an expression in it, whose value would be run as code', () => {
  const scripts = workflows.flatMap(([, { jobs }]) =>
    Object.values(jobs).flatMap(({ steps }) => steps.map(({ run = '' }) => run)),
  );
  expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
});

it('a release states its provenance', () => {
  const { publishConfig } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly publishConfig: object;
  };
  expect(publishConfig).toEqual({ access: 'public', provenance: true });
});
