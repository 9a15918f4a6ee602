import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectOf, removeFolders, seaworthy, type Answer } from './support/cli';
import { app, configured } from './support/for-targets';

afterAll(removeFolders);

const BEFORE = { staging: { same: 'x', own: 's' }, production: { same: 'x', own: 'p' } };
const AFTER = { ...BEFORE, production: { same: 'x', own: 'other' } };

interface Report {
  readonly before: { readonly name: string };
  readonly changes: readonly {
    readonly effect: string;
    readonly place?: string;
    readonly fields: readonly { readonly path: string }[];
    readonly source?: { readonly file: string; readonly line: number };
  }[];
}

/** A project whose output is that of `BEFORE`, and committed. */
async function projectWith(targets: string): Promise<string> {
  const project = projectOf(app(BEFORE), configured(targets));
  const { code, stderr } = await seaworthy(project, ['synth']);
  if (code !== 0) throw new Error(stderr);
  const config = ['-c', 'user.name=a', '-c', 'user.email=a@b.example', '-c', 'init.defaultBranch=main'];
  for (const args of [['init'], ['add', '.'], ['commit', '-m', 'first']])
    execFileSync('git', [...config, ...args], { cwd: project, stdio: 'ignore' });
  return project;
}

function changeTo(project: string, environments: Parameters<typeof app>[0]): void {
  writeFileSync(join(project, 'main.js'), app(environments));
}

async function planned(project: string, ...args: string[]): Promise<Report & Answer> {
  const answer = await seaworthy(project, ['plan', '--output', 'json', ...args]);
  return { ...answer, ...(JSON.parse(answer.stdout) as Report) };
}

const inShort = ({ changes }: Report): string[] =>
  changes.map(({ place, effect, fields, source }) =>
    [
      place,
      effect,
      ...fields.map(({ path }) => path),
      ...(source ? [`${source.file}:${source.line}`] : []),
    ].join(' '),
  );

describe.each([
  ['argocd', '{ argocd: { applicationSet: true }, helm: {} }'],
  ['flux', '[flux]'],
  ['kubectl', '{ kubectl: { applySet: true } }'],
  ['kustomize', '{ kustomize: { overlays: true } }'],
])('seaworthy plan, with what %s has: %s', (target, targets) => {
  it('tells what changes for that deployer, and nothing else', async () => {
    const project = await projectWith(targets);
    const same = await planned(project, '--detailed-exitcode');
    expect([same.code, inShort(same), same.before.name]).toEqual([0, [], `dist/ (${target})`]);
    changeTo(project, AFTER);
    const changed = await planned(project, '--detailed-exitcode');
    expect([changed.code, inShort(changed)]).toEqual([3, ['shop/production updated data.a main.js:3']]);
    const [other, atBase] = [
      await planned(project, '--environment', 'staging'),
      await planned(project, '--base', 'main'),
    ];
    expect([inShort(other), inShort(atBase), atBase.before.name]).toEqual([
      [],
      inShort(changed),
      `main (${target})`,
    ]);
  });
});

describe('seaworthy plan, with targets', () => {
  it('reads the patches of overlays, and refuses those that fit no object', async () => {
    const name = 'settings-whose-name-is-longer-than-what-differs-in-them';
    const both = { staging: { [name]: 's' }, production: { [name]: 'p' } };
    const project = projectOf(app(both), configured('{ kustomize: { overlays: true, patches: true } }'));
    await seaworthy(project, ['synth']);
    const overlay = join(project, 'dist/kustomize/shop/staging/kustomization.yaml');
    expect(readFileSync(overlay, 'utf8')).toContain('value: "s"');
    expect(inShort(await planned(project))).toEqual([]);
    changeTo(project, { ...both, staging: { [name]: 't' } });
    expect(inShort(await planned(project))).toEqual(['shop/staging updated data.a main.js:3']);
    writeFileSync(overlay, readFileSync(overlay, 'utf8').replace('/data/a', '/data/b'));
    const { code, stderr } = await seaworthy(project, ['plan']);
    expect(code).toBe(2);
    expect(stderr).toContain(
      `the patch of ConfigMap ${name} fits no object of the base [KUSTOMIZATION_FAILED]`,
    );
  });

  it('compares each environment with what its own target has, and says with which', async () => {
    const project = await projectWith(
      '{ kubectl: { environments: [production] }, argocd: { environments: [staging] } }',
    );
    changeTo(project, AFTER);
    const { stderr, before, ...report } = await planned(project);
    expect(inShort({ before, ...report })).toEqual(['shop/production updated data.a main.js:3']);
    expect(before.name).toBe('dist/ (kubectl, argocd)');
    expect(stderr).toContain('compared with what argocd has: shop/staging');
  });

  it('takes the target that there is already, where another one has been put before it', async () => {
    const project = await projectWith('[argocd]');
    writeFileSync(join(project, 'cdk8s.yaml'), configured('[flux, argocd]'));
    expect(inShort(await planned(project))).toEqual([]);
    writeFileSync(join(project, 'cdk8s.yaml'), configured('[flux]'));
    const { stderr, changes } = await planned(project);
    expect(changes.map(({ effect }) => effect)).toEqual(['created', 'created', 'created', 'created']);
    expect(stderr).toContain('dist/ has nothing of shop/production yet: all of it is new');
  });

  it.each(['[kubectl]', '[flux]', '{ kustomize: { overlays: true } }'])(
    'deletes what is recorded of an environment that is gone: %s',
    async (targets) => {
      const project = await projectWith(targets);
      changeTo(project, { staging: BEFORE.staging });
      const deleted = (await planned(project)).changes.map(({ place, effect }) => [place, effect]);
      expect(deleted).toEqual(Array(2).fill(['shop/production', 'deleted']));
    },
  );

  it('compares two revisions by deployment, without the charts of the app', async () => {
    const project = await projectWith('{ helm: {}, flux: {}, kustomize: { overlays: true } }');
    changeTo(project, AFTER);
    await seaworthy(project, ['synth']);
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.example', 'commit', '-qam', 'second'], {
      cwd: project,
    });
    const { changes } = await planned(project, '--base', 'HEAD~1', '--head', 'HEAD');
    expect(changes.map(({ place, effect }) => [place, effect])).toEqual([['shop/production', 'updated']]);
  });

  it('refuses where only charts or artifacts are written, and says so after the plan of the others', async () => {
    const none = await seaworthy(await projectWith('[helm, oci]'), ['plan']);
    expect([none.code, none.stdout]).toEqual([2, '']);
    expect(none.stderr).toContain(
      'shop/production seaworthy.targets: not compared: only helm and oci write it, and not as plain objects [NO_OUTPUT]',
    );
    const project = await projectWith(
      '{ helm: { environments: [production] }, flux: { environments: [staging] } }',
    );
    changeTo(project, { ...AFTER, staging: { same: 'y' } });
    const { code, stderr, ...report } = await planned(project);
    expect([code, inShort({ ...report })]).toEqual([
      2,
      ['shop/staging updated data.a main.js:3', expect.stringContaining('shop/staging deleted')],
    ]);
    expect(stderr).toContain('shop/production seaworthy.targets: not compared: only helm writes it');
    expect((await planned(project, '--environment', 'staging')).code).toBe(0);
  });
});
