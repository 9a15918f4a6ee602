import { folderWith, removeFolders, seaworthy } from './support/cli';

afterAll(removeFolders);

const NODES = `
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Node
    metadata: { name: node-a, labels: { topology.kubernetes.io/zone: eu-1a } }
    status: { allocatable: { cpu: "2", memory: 4Gi, pods: "29" } }
  - apiVersion: v1
    kind: Node
    metadata: { name: node-b, labels: { topology.kubernetes.io/zone: eu-1b } }
    status: { allocatable: { cpu: "2", memory: 4Gi, pods: "29" } }
`;

const API = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  replicas: 4
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec: { containers: [{ name: api, image: api:1, resources: { requests: { cpu: "1", memory: 1Gi } } }] }
`;

const FILES = { 'api.yaml': API, 'nodes.yaml': NODES };

describe('seaworthy fit', () => {
  it('shows a bar for each node where every pod finds one', async () => {
    const { code, stdout } = await seaworthy(folderWith(FILES), ['fit', 'api.yaml', '--nodes', 'nodes.yaml']);
    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      '4 pods find a node',
      '',
      'NODE    PODS  CPU                       MEMORY',
      'node-a     2  ████████████████████ 100% ██████████░░░░░░░░░░  50%',
      'node-b     2  ████████████████████ 100% ██████████░░░░░░░░░░  50%',
      '',
    ]);
  });

  it('does not take a folder without objects for one in which all fits', async () => {
    const folder = folderWith({ ...FILES, 'deploy/README.md': 'Later.' });
    const empty = await seaworthy(folder, ['fit', 'deploy', '--nodes', 'nodes.yaml']);
    expect([empty.code, empty.stderr]).toEqual([
      2,
      expect.stringContaining('deploy: no Kubernetes objects found'),
    ]);
    const rollout = ['--nodes', 'nodes.yaml', '--during', 'rollout', '--before', 'deploy'];
    expect((await seaworthy(folder, ['fit', 'api.yaml', ...rollout])).code).toBe(2);
  });

  it('says what stays pending when a zone is lost, and exits with 1', async () => {
    const lost = ['fit', 'api.yaml', '--nodes', 'nodes.yaml', '--without', 'eu-1b'];
    const { code, stdout } = await seaworthy(folderWith(FILES), lost);
    expect(code).toBe(1);
    expect(stdout).toContain(
      'pending Deployment shop/api, 2 of 4 pods: api-1, api-3\n  0/1 nodes are available: 1 Insufficient cpu.\n  all find a node if they request 500m less cpu (500m)\n  at api.yaml:2',
    );
    const json = await seaworthy(folderWith(FILES), [...lost, '--output', 'json']);
    const [part] = (JSON.parse(json.stdout) as { environments: { pending: unknown[] }[] }).environments;
    expect(part?.pending).toHaveLength(2);
  });

  it('says what keeps each node from being drained, and exits with 1', async () => {
    const budget = `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: api, namespace: shop }
spec: { minAvailable: 4, selector: { matchLabels: { app: api } } }
`;
    const folder = folderWith({ ...FILES, 'budget.yaml': budget });
    const drain = ['fit', 'api.yaml', 'budget.yaml', '--nodes', 'nodes.yaml', '--drain'];
    const { code, stdout } = await seaworthy(folder, [...drain, 'node-a']);
    expect(code).toBe(1);
    expect(stdout).toContain(
      '0 of 1 node can be drained\nblocked Pod shop/api-0, when node-a is drained\n  The disruption budget api needs 4 healthy pods and has 4 currently',
    );
    const markdown = await seaworthy(folder, [...drain, 'all', '--output', 'markdown']);
    expect(markdown.stdout).toContain('| `node-b` | blocked | `Pod shop/api-1` |');
  });

  it('says which rollouts get stuck, and exits with 1', async () => {
    const strict = API.replace(
      'replicas: 4',
      'replicas: 4\n  strategy: { rollingUpdate: { maxUnavailable: 0 } }',
    );
    const before = strict.replace('api:1', 'api:0');
    const folder = folderWith({ ...FILES, 'api.yaml': strict, 'before.yaml': before });
    const during = ['fit', 'api.yaml', '--nodes', 'nodes.yaml', '--during', 'rollout'];
    const { code, stdout } = await seaworthy(folder, [...during, '--before', 'before.yaml']);
    expect(code).toBe(1);
    expect(stdout).toContain(
      [
        'in the middle of the rollout there are 5 pods, and 1 waits for a node',
        '',
        '1 of 1 rollout gets stuck',
        'stuck Deployment shop/api: 0 of 4 pods replaced, with 1 more and 0 missing at a time',
        '  0/2 nodes are available: 2 Insufficient cpu.',
        '  at api.yaml:2',
      ].join('\n'),
    );
    const same = await seaworthy(folder, [...during, '--before', 'api.yaml', '--output', 'markdown']);
    expect([same.code, same.stdout]).toEqual([0, expect.stringContaining('✅ no workload rolls')]);
    const idle = await seaworthy(folder, ['fit', 'api.yaml', '--before', 'before.yaml']);
    expect([idle.code, idle.stderr]).toEqual([2, expect.stringContaining('is for --during rollout alone')]);
  });

  it('says how to give nodes where there are none', async () => {
    const none = await seaworthy(folderWith(FILES), ['fit', 'api.yaml']);
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('--nodes nodes.yaml')]);
    const wrong = await seaworthy(folderWith(FILES), ['fit', 'api.yaml', '--nodes', 'api.yaml']);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('there is no Node in api.yaml')]);
  });
});

describe('seaworthy check --fit', () => {
  const BIG = API.replace('cpu: "1"', 'cpu: "3"');

  it('finds pods without a node, with the line of the field', async () => {
    const folder = folderWith({ ...FILES, 'api.yaml': BIG });
    const check = ['check', 'api.yaml', '--fit', '--nodes', 'nodes.yaml', '--preset', 'none'];
    const rule = ['--rule', 'fit/pending=warning'];
    const { code, stdout } = await seaworthy(folder, [...check, ...rule]);
    expect([code, stdout]).toEqual([0, expect.stringContaining('4 of 4 pods find no node: 0/2 nodes are')]);
    expect(stdout).toContain('api.yaml:10');
    const sarif = await seaworthy(folder, [...check, ...rule, '--output', 'sarif']);
    expect(sarif.stdout).toContain('"ruleId": "fit/pending"');
    const plain = await seaworthy(folder, ['check', 'api.yaml']);
    expect(plain.stdout).not.toContain('fit/');
  });

  it('refuses nodes that nothing places pods on, and --fit without nodes', async () => {
    const folder = folderWith(FILES);
    const idle = await seaworthy(folder, ['check', 'api.yaml', '--nodes', 'nodes.yaml']);
    expect([idle.code, idle.stderr]).toEqual([2, expect.stringContaining('--nodes: is for --fit alone')]);
    const none = await seaworthy(folder, ['check', 'api.yaml', '--fit']);
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('the profile lists no node pools')]);
    const noPods = ['check', 'api.yaml', '--fit', '--nodes', 'nodes.yaml', '--pods', 'nodes.yaml'];
    expect((await seaworthy(folder, noPods)).stderr).toContain('there is no Pod in nodes.yaml');
  });
});
