import { folderWith, removeFolders, seaworthy } from './support/cli';

afterAll(removeFolders);

interface Found {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly hint?: string;
  readonly source?: { readonly file: string };
}

/** The findings of a rule as `severity file: message`. */
async function found(
  rule: string,
  files: Readonly<Record<string, string>>,
  args: readonly string[] = ['.'],
): Promise<string[]> {
  const folder = folderWith(files);
  const { stdout } = await seaworthy(folder, ['check', ...args, '--output', 'json']);
  const { findings } = JSON.parse(stdout) as { findings: readonly Found[] };
  return findings
    .filter((finding) => finding.rule === rule)
    .map(({ severity, source, message, hint }) =>
      `${severity} ${source?.file}: ${message} ${hint ?? ''}`.trim(),
    );
}

const object = (kind: string, name: string, rest = ''): string =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: { name: ${name} }\n${rest}`;
const config = (level: string): string => object('ConfigMap', 'log', `data: { LEVEL: ${level} }\n`);
const workload = (kind: string, name: string, pod = ''): string => `apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: store } }
  template:
    metadata: { labels: { app: store } }
    spec: { ${pod}containers: [{ name: store, image: 'store:1' }] }
`;

describe('an object in two files of a folder', () => {
  const DUPLICATE = 'wiring/duplicate-identity';
  const files = { 'log/loud.yaml': config('debug'), 'log/quiet.yaml': config('error') };

  it('is a warning that names both and the last, since one of them may be chosen', async () => {
    expect(await found(DUPLICATE, files)).toEqual([
      'warning log/quiet.yaml: ConfigMap log is defined twice, but one of the files may be meant to be applied The first one is at log/loud.yaml:1. kubectl apply -R keeps the one in log/quiet.yaml.',
    ]);
  });

  it('is an error where both files are named, and in one file', async () => {
    const error = 'ConfigMap log is defined twice The first one is at log';
    expect(await found(DUPLICATE, files, ['log/loud.yaml', 'log/quiet.yaml'])).toEqual([
      `error log/quiet.yaml: ${error}/loud.yaml:1.`,
    ]);
    expect(await found(DUPLICATE, { 'log.yaml': `${config('debug')}---\n${config('error')}` })).toEqual([
      `error log.yaml: ${error}.yaml:1.`,
    ]);
  });

  it('is no problem where both are equal', async () => {
    const twice = { ...files, 'log/quiet.yaml': config('debug') };
    expect(await found(DUPLICATE, twice)).toEqual([
      'info log/quiet.yaml: ConfigMap log is defined twice, but both are equal The first one is at log/loud.yaml:1.',
    ]);
  });

  it('is no problem for a Namespace that each folder brings, which does not keep them apart', async () => {
    const namespace = object('Namespace', 'shop');
    const folders = { 'a/all.yaml': `${namespace}---\n${object('ConfigMap', 'a')}`, 'b/all.yaml': namespace };
    expect(await found(DUPLICATE, folders)).toEqual([
      'info b/all.yaml: Namespace shop is defined twice, but both are equal The first one is at a/all.yaml:1.',
    ]);
  });
});

describe('files to choose from', () => {
  it('say of a broken one its own file alone', async () => {
    const folder = folderWith({
      'a.yaml': config('debug'),
      'b.yaml': 'apiVersion: v1\nkind: [\n',
      'c.yaml': config('error'),
    });
    const { stdout } = await seaworthy(folder, ['check', '.']);
    expect(stdout).toMatch(/^b\.yaml:\d+:\d+\n(?: .*\n)* {2}document\n/m);
  });

  const single = `${config('debug')}---\n${workload('Deployment', 'single')}`;
  const spread = `${config('error')}---\n${workload('StatefulSet', 'spread')}`;

  it('need not fit each other', async () => {
    const OVERLAP = 'wiring/selectors-overlap';
    expect(await found(OVERLAP, { 'single.yaml': single, 'spread.yaml': spread })).toEqual([]);
    const together = {
      'all.yaml': `${workload('Deployment', 'single')}---\n${workload('StatefulSet', 'spread')}`,
    };
    expect(await found(OVERLAP, together)).toHaveLength(1);
  });

  it('may have what another one lacks, and what none has is missing', async () => {
    const asks = (name: string): string =>
      `${object('ServiceAccount', 'own')}---\n${workload('Deployment', 'single', `serviceAccountName: ${name}, `)}`;
    const rule = 'wiring/service-account-missing';
    const others = { 'spread.yaml': spread, 'account.yaml': object('ServiceAccount', 'store') };
    expect(
      await found(rule, { ...others, 'single.yaml': `${config('debug')}---\n${asks('store')}` }),
    ).toEqual([]);
    expect(await found(rule, { ...others, 'single.yaml': `${config('debug')}---\n${asks('till')}` })).toEqual(
      [
        'error single.yaml: ServiceAccount "till" not found Add it, or pass it with --assume if the cluster has it.',
      ],
    );
  });

  it('may have the pods that another one selects', async () => {
    const service = (app: string): string =>
      object('Service', 'store', `spec: { selector: { app: ${app} }, ports: [{ port: 80 }] }\n`);
    const rule = 'wiring/service-selects-nothing';
    const pods = { 'single.yaml': single, 'spread.yaml': spread };
    expect(await found(rule, { ...pods, 'service.yaml': service('store') })).toEqual([]);
    expect(await found(rule, { ...pods, 'service.yaml': service('till') })).toHaveLength(1);
  });
});

describe('what other files of the project say', () => {
  const rule = 'wiring/config-map-missing';
  const pod = `${object('ConfigMap', 'logging')}---\n${object(
    'Pod',
    'web',
    'spec: { containers: [{ name: web, image: "web:1", envFrom: [{ configMapRef: { name: web-env } }] }] }\n',
  )}`;
  const elsewhere = async (files: Readonly<Record<string, string>>): Promise<string | undefined> => {
    const [first] = await found(rule, { '.git/HEAD': '', 'deploy/web.yaml': pod, ...files }, ['deploy']);
    return first?.replace(/ Pass it.*| Add it.*/, '');
  };
  const missing = 'deploy/web.yaml: ConfigMap "web-env" not found';

  it.each([
    [
      'a command in a guide',
      'README.md',
      '```sh\nkubectl -n shop create configmap web-env --from-file=env\n```\n',
    ],
    ['a command that uses it', 'README.md', 'Then `kubectl get configmap/web-env` prints it.\n'],
    [
      'a command in a Makefile',
      'deploy/Makefile',
      'env:\n\tkubectl create cm web-env --from-env-file=.env\n',
    ],
    ['an object in another folder', 'base/env.yaml', object('ConfigMap', 'web-env')],
    [
      'an object with its keys sorted by length',
      'base/env.json',
      '{\n"metadata": {"name": "web-env"},\n"kind": "ConfigMap"\n}',
    ],
    [
      'an object that is commented out',
      'base/env.yaml',
      '# apiVersion: v1\n# kind: ConfigMap\n# metadata:\n#   name: web-env\n',
    ],
    [
      'a generator of Kustomize',
      'base/kustomization.yaml',
      'configMapGenerator:\n- literals: [a=b]\n  name: web-env\n',
    ],
  ])('is why a missing object may be there: %s', async (_title, file, text) => {
    expect(await elsewhere({ [file]: text })).toBe(
      `warning ${missing}, but ${file} has it, or a command that creates or uses it`,
    );
  });

  it.each([
    ['nothing', {}],
    ['an object of a longer name', { 'base/env.yaml': object('ConfigMap', 'web-env-2') }],
    ['another kind', { 'base/env.yaml': object('Secret', 'web-env') }],
    ['only a reference', { 'base/other.yaml': pod }],
    [
      'a command for another object',
      { 'README.md': 'kubectl create configmap other --from-file=web-env.txt\n' },
    ],
    ['another repository', { 'deploy/.git/HEAD': '', 'base/env.yaml': object('ConfigMap', 'web-env') }],
  ])('does not make up for a missing object: %s', async (_title, files) => {
    expect(await elsewhere(files)).toBe(`error ${missing}`);
  });

  it('is that a kustomization outside builds on the folder', async () => {
    const builder = (path: string) => ({ 'overlays/dev/kustomization.yaml': `resources:\n  - ${path}\n` });
    expect(await elsewhere(builder('../../deploy'))).toBe(
      `warning ${missing}, but overlays/dev/kustomization.yaml builds on this folder, and may add it`,
    );
    expect(await elsewhere(builder('../../other'))).toBe(`error ${missing}`);
  });

  it('does not count a file that was judged as well: that of another overlay', async () => {
    const folders = {
      'dev/all.yaml': `${object('Secret', 'login')}---\n${pod}`,
      'prod/all.yaml': `${object('Secret', 'login', 'data: { a: YQ== }\n')}---\n${pod}---\n${object('ConfigMap', 'web-env')}`,
    };
    const [only, ...more] = await found(rule, folders);
    expect(only).toMatch(/^error dev\/all\.yaml: /);
    expect(more).toEqual([]);
  });

  it('is why a selector may match something', async () => {
    const service = object('Service', 'api', 'spec: { selector: { app: api }, ports: [{ port: 80 }] }\n');
    const selects = (files: Readonly<Record<string, string>>): Promise<string[]> =>
      found(
        'wiring/service-selects-nothing',
        { '.git/HEAD': '', 'web/web.yaml': `${pod}---\n${service}`, ...files },
        ['web'],
      );
    expect((await selects({}))[0]).toMatch(/^error/);
    const template = 'metadata: { labels: {} }\n  labels:\n    app: api\n    version: {{ .Version }}\n';
    expect((await selects({ 'chart/pod.tpl': template }))[0]).toMatch(
      /^warning .*chart\/pod.tpl has these labels$/,
    );
  });
});

describe('a webhook of another part of the project', () => {
  const files = {
    'crds/tasks.yaml':
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: tasks.acme.example }\nspec: { group: acme.example, scope: Namespaced, names: { kind: Task, plural: tasks }, versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object, required: [spec] } } }] }\n',
    // Samples to choose from, each judged by itself.
    'samples/a.yaml': 'apiVersion: acme.example/v1\nkind: Task\nmetadata: { name: a }\n',
    'samples/b.yaml':
      'apiVersion: acme.example/v1\nkind: Task\nmetadata: { name: a, labels: { b: b } }\nspec: {}\n',
  };
  const webhook =
    'apiVersion: admissionregistration.k8s.io/v1\nkind: MutatingWebhookConfiguration\nmetadata: { name: tasks }\nwebhooks: [{ name: webhook.acme.example, admissionReviewVersions: [v1], sideEffects: None, clientConfig: { url: "https://a.example/" } }]\n';

  it('may set what is missing', async () => {
    expect(await found('admission/required', files)).toEqual(['error samples/a.yaml: Required value']);
    expect(await found('admission/required', { ...files, 'config/webhook.yaml': webhook })).toEqual([
      'warning samples/a.yaml: Required value, but MutatingWebhookConfiguration tasks may set it',
    ]);
  });
});

describe('what is skipped', () => {
  it.each([
    [
      'a patch for a definition',
      'webhook.yaml',
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: a.example.com }\nspec: { conversion: { strategy: None } }\n',
    ],
  ])('%s', async (_title, name, text) => {
    const folder = folderWith({ [name]: text, 'a.yaml': config('info') });
    const { code, stderr } = await seaworthy(folder, ['check', '.', '--verbose']);
    expect(code).toBe(0);
    expect(stderr).toContain(`skipped ${name}`);
  });
});
