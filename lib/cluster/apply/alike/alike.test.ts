import { ManifestSet } from '../../../manifest/set';
import type { Answer, Cluster } from '../../client/cluster';
import type { Request } from '../../client/connection';
import { apply } from '../apply';
import type { ApplyOptions, ApplyResult } from '../types';
import { kindSchema } from '../../../kube/schema';
import { Coverage } from './coverage';
import { isPredictable } from './predictable';

const namespace = 'shop';
const map = (name: string, data: object = { a: name }) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  data,
});
const maps = Array.from({ length: 150 }, (_, index) => map(`m${index}`));

const refusal = (code: number, message: string): Answer => ({
  refusal: { code, reason: code === 403 ? 'Forbidden' : 'Invalid', message, causes: [] },
});

/** How a server differs from one that has nothing, allows everything and stores what it gets. */
interface Differing {
  readonly version?: string;
  /** What lists have, by the end of their path; 403 for one that is forbidden. */
  readonly lists?: Readonly<Record<string, readonly object[] | 403>>;
  /** A verb that the user may not use for all names. */
  readonly denied?: string;
  /** What an object becomes, in a dry run or stored. */
  readonly answer?: (object: (typeof maps)[number], isDryRun: boolean) => Answer | undefined;
}

/** Applies to such a server. @returns the result, with the names that were tried and stored */
async function applied(
  objects: readonly object[],
  { version = 'v1.36.2', lists = {}, denied, answer }: Differing = {},
  options: ApplyOptions = {},
): Promise<
  ApplyResult & { readonly tried: string[]; readonly stored: string[]; readonly turns: string[][] }
> {
  const [tried, stored]: string[][] = [[], []];
  const turns: string[][] = [];
  let isTurn = false;
  /** Resolves when nothing more is asked before this is answered. */
  const turn = async (path: string): Promise<void> => {
    if (!isTurn) turns.push([]);
    isTurn = true;
    turns.at(-1)?.push(path.split('/').at(-1) ?? '');
    for (let waits = 0; waits < 3; waits++) await new Promise(setImmediate);
    isTurn = false;
  };
  const respond = ({ method, path, query, body }: Request): Answer => {
    if (method === 'GET') {
      const items = Object.entries(lists).find(([end]) => path.endsWith(end))?.[1] ?? [];
      return items === 403 ? refusal(403, 'no') : { body: { metadata: {}, items }, warnings: [] };
    }
    if (method === 'POST') {
      const { spec } = body as { spec: { resourceAttributes: { verb: string } } };
      return { body: { status: { allowed: spec.resourceAttributes.verb !== denied } }, warnings: [] };
    }
    const object = body as (typeof maps)[number];
    const isDryRun = query?.['dryRun'] === 'All';
    (isDryRun ? tried : stored)?.push(object.metadata.name);
    return (
      answer?.(object, isDryRun) ?? {
        body: { ...object, metadata: { ...object.metadata, uid: 'u' } },
        warnings: [],
      }
    );
  };
  const cluster = {
    version,
    namespace,
    server: 'https://127.0.0.1:6443',
    request: async (request: Request) => {
      await turn(request.path);
      return respond(request);
    },
  } as unknown as Cluster;
  const result = await apply(ManifestSet.of([...objects]), cluster, { wait: false, ...options });
  return { ...result, tried: tried ?? [], stored: stored ?? [], turns };
}

const rule = (resource: string, operation = 'CREATE') => ({
  apiGroups: [''],
  apiVersions: ['v1'],
  resources: [resource],
  operations: [operation],
});
const webhook = (...rules: object[]) => ({
  metadata: { name: 'w' },
  webhooks: [{ name: 'w.example.com', rules }],
});
const policy = (...resourceRules: object[]) => ({
  metadata: { name: 'p' },
  spec: { matchConstraints: { resourceRules }, failurePolicy: 'Ignore', mutations: [], validations: [] },
});

describe('of new objects that are alike', () => {
  it('the server tries one, and all are written', async () => {
    const { outcome, plan, tried, stored, differences } = await applied(maps);
    expect({ outcome, differences }).toEqual({ outcome: 'applied' });
    expect(tried).toEqual(['m0']);
    expect(plan.alike.map(({ name }) => name)).toEqual(maps.slice(1).map(({ metadata }) => metadata.name));
    expect(stored).toHaveLength(150);
  });

  it('some are tried that have each part of the others between them, and all are written', async () => {
    const others = [
      map('empty', { a: '' }),
      { ...map('frozen'), immutable: true },
      { ...map('frozen-too'), immutable: true },
      { ...map('melted'), immutable: false },
      map('other-keys', { b: '1', c: 'Word' }),
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'no-data', namespace } },
    ];
    const { tried, stored, plan } = await applied([...maps, ...others]);
    expect(tried.sort()).toEqual(['empty', 'frozen', 'm0', 'melted', 'no-data']);
    expect(plan.alike).toHaveLength(maps.length + others.length - tried.length);
    expect(stored).toHaveLength(maps.length + others.length);
  });

  it.each<[string, Differing]>([
    [
      'a webhook is about them',
      { lists: { '/mutatingwebhookconfigurations': [webhook(rule('configmaps'))] } },
    ],
    [
      'a webhook is about everything',
      { lists: { '/validatingwebhookconfigurations': [webhook(rule('*/*', '*'))] } },
    ],
    [
      'a policy that changes objects is about them',
      { lists: { 'v1beta1/mutatingadmissionpolicies': [policy(rule('*'))] } },
    ],
    ['a policy names no resources', { lists: { 'v1alpha1/mutatingadmissionpolicies': [policy()] } }],
    ['webhooks may not be listed', { lists: { '/validatingwebhookconfigurations': 403 } }],
    [
      'the namespace has a quota',
      { lists: { '/shop/resourcequotas': [{ metadata: { name: 'q', namespace }, spec: {} }] } },
    ],
    ['quotas may not be listed', { lists: { '/shop/resourcequotas': 403 } }],
    ['the user may not patch any name', { denied: 'patch' }],
    ['the user may not create any', { denied: 'create' }],
    ['the release is not known', { version: 'v1.99.0' }],
    ['something that is there changes', { lists: { '/configmaps': [map('m149', { a: 'before' })] } }],
  ])('each is tried where %s', async (_, differing) => {
    const { tried, plan } = await applied(maps, differing);
    expect(plan.alike).toEqual([]);
    expect(tried.length).toBeGreaterThanOrEqual(maps.length);
  });

  it('who judges them is asked together with what the user may do, and only where many are new', async () => {
    const turnsOf = async (objects: readonly object[], more: Differing = {}): Promise<string[][]> =>
      (await applied(objects, more)).turns.filter((turn) => /webhookconf|accessreviews/.test(turn.join()));
    const [asked = [], ...later] = await turnsOf(maps);
    expect(new Set(asked)).toEqual(
      new Set([
        'selfsubjectaccessreviews',
        'mutatingwebhookconfigurations',
        'validatingwebhookconfigurations',
        'validatingadmissionpolicies',
        'mutatingadmissionpolicies',
      ]),
    );
    expect(later).toEqual([]);
    expect(await turnsOf(maps.slice(0, 100))).toEqual([]);
    expect(await turnsOf(maps, { lists: { '/configmaps': maps } })).toEqual([]);
  });

  it('each is tried if that is asked for, or if they are few', async () => {
    expect((await applied(maps, {}, { tryAll: true })).tried).toHaveLength(150);
    expect((await applied(maps.slice(0, 100))).tried).toHaveLength(100);
  });

  it.each([
    ['an update', rule('configmaps', 'UPDATE')],
    ['other objects', rule('pods/*')],
    ['a subresource', rule('configmaps/status')],
  ])('a webhook that is about %s makes no difference', async (_, asked) => {
    const lists = { '/validatingwebhookconfigurations': [webhook(asked)] };
    expect((await applied(maps, { lists })).tried).toEqual(['m0']);
  });

  it('all are tried once one is refused, changed or warned of, and none is written if one is refused', async () => {
    const refused = await applied(maps, {
      answer: ({ metadata: { name } }) => (/^m(0|77)$/.test(name) ? refusal(403, 'unwanted') : undefined),
    });
    expect(refused.tried).toHaveLength(150);
    expect(refused.plan.refusals.map(({ id }) => id.name)).toEqual(['m0', 'm77']);
    expect(refused.stored).toEqual([]);
    const warned = await applied(maps, { answer: (body) => ({ body, warnings: ['beware'] }) });
    expect(warned.tried).toHaveLength(150);
    const changed = await applied(maps, {
      answer: (object) => ({ body: { ...object, data: { a: 'other' } }, warnings: [] }),
    });
    expect(changed.tried).toHaveLength(150);
    expect(changed.plan.differences).toHaveLength(150);
  });

  it('one that is refused when it is written says that it was not tried', async () => {
    const { outcome, failed, stored } = await applied(maps, {
      answer: ({ metadata: { name } }) => (name === 'm77' ? refusal(403, 'unwanted') : undefined),
    });
    expect({ outcome, failed: failed.map(({ id, reason, lines }) => [id.name, reason, ...lines]) }).toEqual({
      outcome: 'failed',
      failed: [['m77', 'unwanted', expect.stringContaining('--try-all')]],
    });
    expect(stored).toHaveLength(150);
  });

  it('one that is stored otherwise than planned is told as a difference', async () => {
    const { outcome, differences = [] } = await applied(maps, {
      answer: (object, isDryRun) =>
        !isDryRun && object.metadata.name === 'm77'
          ? { body: { ...object, data: { a: 'other' } }, warnings: [] }
          : undefined,
    });
    expect(outcome).toBe('applied');
    expect(differences.map(({ id, path, planned, server }) => [id.name, path, planned, server])).toEqual([
      ['m77', 'data.a', 'm77', 'other'],
    ]);
  });
});

describe('what an object becomes is in itself', () => {
  const service = (spec: object) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec });

  it.each([
    [map('m'), true],
    [service({ ports: [{ port: 80 }] }), true],
    [service({ clusterIP: 'None' }), true],
    [service({ clusterIP: '10.0.0.9' }), false],
    [service({ ports: [{ port: 80, nodePort: 30080 }] }), false],
    [service({ externalIPs: ['192.0.2.1'] }), false],
    [{ ...map('m'), metadata: { name: 'm', ownerReferences: [{ name: 'o' }] } }, false],
    [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'r' } }, false],
    [{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'c' } }, false],
    [{ apiVersion: 'example.com/v1', kind: 'ConfigMap', metadata: { name: 'c' } }, false],
  ])('%j: %s', (object, expected) => {
    expect(isPredictable(object)).toBe(expected);
  });
});

describe('an object has something that another has not', () => {
  const struct = kindSchema('1.36', 'v1', 'Service');
  const service = (spec: object, metadata: object = {}) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', ...metadata },
    spec,
  });
  const labelled = (labels: object) => service({}, { labels });

  it.each<[string, object, object, boolean]>([
    [
      'other texts and numbers',
      { clusterIP: 'None', ports: [{ port: 80 }] },
      { clusterIP: 'None', ports: [{ port: 443 }] },
      false,
    ],
    ['a field more', { ports: [{ port: 80 }] }, { ports: [{ port: 80, name: 'http' }] }, true],
    ['a field less', { ports: [{ port: 80, name: 'http' }] }, { ports: [{ port: 80 }] }, true],
    ['a struct less', { ports: [], sessionAffinityConfig: {} }, { ports: [] }, true],
    ['another switch', { publishNotReadyAddresses: true }, { publishNotReadyAddresses: false }, true],
    [
      'another word',
      { ports: [{ port: 80, protocol: 'TCP' }] },
      { ports: [{ port: 80, protocol: 'UDP' }] },
      true,
    ],
    ['another type', { ports: [{ targetPort: 80 }] }, { ports: [{ targetPort: 'http' }] }, true],
    ['a zero', { ports: [{ port: 80 }] }, { ports: [{ port: 0 }] }, true],
    ['no item', { ports: [{ port: 80 }] }, { ports: [] }, true],
    ['several items', { ports: [{ port: 80 }] }, { ports: [{ port: 80 }, { port: 81 }] }, true],
    [
      'more than several',
      { ports: [{ port: 80 }, { port: 81 }] },
      { ports: [1, 2, 3].map((port) => ({ port })) },
      false,
    ],
    ['another key of a map', { selector: { a: 'x' } }, { selector: { b: 'Y', c: 'z' } }, false],
  ])('%s', (_, one, other, isNew) => {
    expect(isOther(service(one), service(other))).toBe(isNew);
  });

  it.each<[string, object, object, boolean]>([
    ['another label', { a: 'x' }, { b: 'x' }, false],
    ['a label of Kubernetes more', { a: 'x' }, { a: 'x', 'service.kubernetes.io/headless': '' }, true],
    ['a label of Kubernetes less', { a: 'x', 'service.kubernetes.io/headless': '' }, { a: 'x' }, true],
  ])('%s', (_, one, other, isNew) => {
    expect(isOther(labelled(one), labelled(other))).toBe(isNew);
  });

  it('not where two others have it between them', () => {
    const coverage = new Coverage();
    const add = (spec: object): boolean => coverage.add(service(spec), schema());
    expect([
      add({ clusterIP: 'None' }),
      add({ sessionAffinity: 'None', publishNotReadyAddresses: true }),
      add({ clusterIP: 'None', sessionAffinity: 'None' }),
      add({}),
      add({ clusterIP: 'None', publishNotReadyAddresses: true }),
    ]).toEqual([true, true, false, false, false]);
  });

  it('few of many are tried where no two have the same fields', () => {
    const coverage = new Coverage();
    const tried = Array.from({ length: 256 }, (_, index) => {
      const has = (bit: number): boolean => (index & (1 << bit)) !== 0;
      const spec = {
        ports: Array.from({ length: 1 + (index >> 6) }, (__, port) => ({
          name: `p${port}`,
          port: 80 + port,
        })),
        ...(has(0) && { selector: { app: `s${index}` } }),
        ...(has(1) && { type: 'LoadBalancer' }),
        ...(has(2) && { sessionAffinity: 'ClientIP' }),
        ...(has(3) && { publishNotReadyAddresses: true }),
        ...(has(4) && { internalTrafficPolicy: 'Local' }),
        ...(has(5) && { allocateLoadBalancerNodePorts: false }),
      };
      return coverage.add(service(spec), schema());
    });
    // One with no field, one for each field, and one with several ports.
    expect(tried.flatMap((isTried, index) => (isTried ? [index] : []))).toEqual([0, 1, 2, 4, 8, 16, 32, 64]);
  });

  function isOther(one: ReturnType<typeof service>, other: ReturnType<typeof service>): boolean {
    const coverage = new Coverage();
    coverage.add(one, schema());
    return coverage.add(other, schema());
  }

  function schema() {
    if (struct === undefined) throw new Error('1.36 serves Services.');
    return { type: 'struct', struct: () => struct, atomic: false } as const;
  }
});
