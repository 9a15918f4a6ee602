import fs, { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { kinds, kindSchema, lookup, releases } from '../../../lib/kube/schema';
import type * as schemaModule from '../../../lib/kube/schema';
import type { KubernetesRelease, Schema, StructSchema } from '../../../lib/kube/schema';

/** The releases that have a field. */
function releasesWith(apiVersion: string, kind: string, path: string): KubernetesRelease[] {
  return releases.filter((release) => lookup(release, apiVersion, kind, path.split('.')).ok);
}

function from(first: KubernetesRelease): KubernetesRelease[] {
  return releases.slice(releases.indexOf(first));
}

function schemaAt(
  apiVersion: string,
  kind: string,
  path: string,
  release: KubernetesRelease = '1.36',
): Schema {
  const found = lookup(release, apiVersion, kind, path.split('.'));
  if (!found.ok) throw new Error(`${kind} has no ${found.at.join('.')}`);
  return found.schema;
}

const CONTAINER = 'spec.template.spec.containers.0';

describe('fields over the releases', () => {
  test.each<[string, string, string, KubernetesRelease]>([
    ['apps/v1', 'Deployment', `${CONTAINER}.image`, '1.27'],
    ['apps/v1', 'Deployment', `${CONTAINER}.resizePolicy`, '1.27'],
    ['apps/v1', 'Deployment', 'spec.template.spec.initContainers.0.restartPolicy', '1.28'],
    ['apps/v1', 'Deployment', `${CONTAINER}.lifecycle.preStop.sleep.seconds`, '1.29'],
    ['apps/v1', 'Deployment', 'spec.template.spec.securityContext.appArmorProfile', '1.30'],
    ['apps/v1', 'Deployment', `${CONTAINER}.volumeMounts.0.recursiveReadOnly`, '1.30'],
    ['apps/v1', 'Deployment', 'spec.template.spec.volumes.0.image.reference', '1.31'],
    ['apps/v1', 'Deployment', 'spec.template.spec.resources.limits.cpu', '1.32'],
    ['apps/v1', 'Deployment', `${CONTAINER}.lifecycle.stopSignal`, '1.33'],
    ['apps/v1', 'Deployment', 'spec.template.spec.hostnameOverride', '1.34'],
    ['v1', 'Service', 'spec.trafficDistribution', '1.30'],
    ['v1', 'PersistentVolumeClaim', 'spec.volumeAttributesClassName', '1.29'],
    ['batch/v1', 'CronJob', 'spec.timeZone', '1.27'],
    ['batch/v1', 'Job', 'spec.podReplacementPolicy', '1.28'],
    ['batch/v1', 'Job', 'spec.managedBy', '1.30'],
    ['apps/v1', 'StatefulSet', 'spec.ordinals.start', '1.27'],
    ['autoscaling/v2', 'HorizontalPodAutoscaler', 'spec.behavior.scaleUp.tolerance', '1.33'],
  ])('%s %s %s is there from %s on', (apiVersion, kind, path, first) => {
    expect(releasesWith(apiVersion, kind, path)).toEqual(from(first));
  });

  test('a field can go: the source of a pod resource claim was flattened in 1.31', () => {
    const claim = 'spec.resourceClaims.0';
    expect(releasesWith('v1', 'Pod', `${claim}.source`)).toEqual(['1.27', '1.28', '1.29', '1.30']);
    expect(releasesWith('v1', 'Pod', `${claim}.resourceClaimName`)).toEqual(from('1.31'));
    expect(releasesWith('v1', 'Pod', 'spec.workloadRef')).toEqual(['1.35']);
  });

  test('enumerations grow', () => {
    const operator = 'spec.tolerations.0.operator';
    expect(schemaAt('v1', 'Pod', operator, '1.34')).toMatchObject({ enum: ['Equal', 'Exists'] });
    expect(schemaAt('v1', 'Pod', operator, '1.35')).toMatchObject({ enum: ['Equal', 'Exists', 'Gt', 'Lt'] });
  });
});

describe('types', () => {
  test.each<[string, string, string, Partial<Schema>]>([
    ['apps/v1', 'Deployment', 'spec.replicas', { type: 'integer', format: 'int32' }],
    ['v1', 'Pod', 'spec.activeDeadlineSeconds', { type: 'integer', format: 'int64' }],
    ['v1', 'Pod', 'spec.hostNetwork', { type: 'boolean' }],
    ['v1', 'Pod', 'spec.containers.0.resources.limits.nvidia.com/gpu', { type: 'quantity' }],
    ['apps/v1', 'Deployment', 'spec.strategy.rollingUpdate.maxSurge', { type: 'intOrString' }],
    ['v1', 'Secret', 'data.password', { type: 'bytes' }],
    ['v1', 'Secret', 'stringData.password', { type: 'string' }],
    ['v1', 'ConfigMap', 'binaryData.logo', { type: 'bytes' }],
    ['v1', 'Pod', 'metadata.creationTimestamp', { type: 'time', precision: 'second' }],
    ['coordination.k8s.io/v1', 'Lease', 'spec.renewTime', { type: 'time', precision: 'microsecond' }],
    ['apps/v1', 'ControllerRevision', 'data', { type: 'any' }],
    ['v1', 'Pod', 'metadata.labels.app', { type: 'string' }],
    ['v1', 'Pod', 'spec.restartPolicy', { type: 'string', enum: ['Always', 'Never', 'OnFailure'] }],
    [
      'networking.k8s.io/v1',
      'Ingress',
      'spec.rules.0.http.paths.0.pathType',
      { type: 'string', enum: ['Exact', 'ImplementationSpecific', 'Prefix'] },
    ],
  ])('%s %s %s', (apiVersion, kind, path, expected) => {
    const parts = path.replace('nvidia.com/gpu', 'nvidia!').split('.');
    const found = lookup(
      '1.36',
      apiVersion,
      kind,
      parts.map((part) => part.replace('nvidia!', 'nvidia.com/gpu')),
    );
    expect(found).toMatchObject({ ok: true, schema: expected });
  });

  test('structs that Go inlines have their fields where JSON has them', () => {
    expect(schemaAt('v1', 'Pod', 'spec.volumes.0.configMap.name').type).toBe('string');
    expect(schemaAt('v1', 'Pod', 'spec.containers.0.livenessProbe.httpGet.port').type).toBe('intOrString');
    expect(schemaAt('networking.k8s.io/v1', 'Ingress', 'spec.rules.0.http.paths').type).toBe('list');
  });

  test('a schema that holds itself can be followed as deep as one likes', () => {
    const deep = Array.from({ length: 100 }, () => 'properties.nested').join('.');
    const path = `spec.versions.0.schema.openAPIV3Schema.${deep}.maximum`;
    expect(schemaAt('apiextensions.k8s.io/v1', 'CustomResourceDefinition', path).type).toBe('number');
  });

  test('a schema or a boolean, a schema or a list of them', () => {
    const top = 'spec.versions.0.schema.openAPIV3Schema';
    const types = (path: string): string[] => {
      const schema = schemaAt('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `${top}.${path}`);
      return schema.type === 'union' ? schema.of.map(({ type }) => type) : [];
    };
    expect(types('additionalProperties')).toEqual(['struct', 'boolean']);
    expect(types('items')).toEqual(['struct', 'list']);
    expect(types('dependencies.name')).toEqual(['struct', 'list']);
  });
});

describe('what holds for a field', () => {
  const field = (apiVersion: string, kind: string, path: string) => schemaAt(apiVersion, kind, path);

  test('containers merge by name, ports by number and protocol when applied and by number when patched', () => {
    expect(field('v1', 'Pod', 'spec.containers')).toMatchObject({
      required: true,
      listType: 'map',
      listKeys: ['name'],
      mergeKey: 'name',
      patchStrategy: ['merge'],
    });
    expect(field('v1', 'Pod', 'spec.containers.0.ports')).toMatchObject({
      required: false,
      listType: 'map',
      listKeys: ['containerPort', 'protocol'],
      mergeKey: 'containerPort',
    });
  });

  test('lists are atomic, sets or maps', () => {
    expect(field('v1', 'Pod', 'spec.containers.0.args')).toMatchObject({ listType: 'atomic', listKeys: [] });
    expect(field('v1', 'Pod', 'metadata.finalizers')).toMatchObject({
      listType: 'set',
      listKeys: [],
      patchStrategy: ['merge'],
    });
    expect(field('v1', 'Pod', 'metadata.finalizers')).not.toHaveProperty('mergeKey');
  });

  test('a list without a type in older releases has the one that its merge key gives it', () => {
    expect(schemaAt('v1', 'Pod', 'spec.containers', '1.27')).toMatchObject({
      listType: 'map',
      listKeys: ['name'],
    });
  });

  test('selectors and references are replaced as a whole', () => {
    expect(field('apps/v1', 'Deployment', 'spec.selector')).toMatchObject({ type: 'struct', atomic: true });
    expect(field('v1', 'Service', 'spec.selector')).toMatchObject({ type: 'map', atomic: true });
    expect(field('v1', 'Pod', 'metadata.labels')).toMatchObject({ type: 'map', atomic: false });
    expect(field('v1', 'Pod', 'spec')).toMatchObject({ type: 'struct', atomic: false });
    expect(field('v1', 'Event', 'involvedObject')).toMatchObject({ type: 'struct', atomic: true });
    // Its type is atomic, the field is not.
    expect(field('v1', 'PersistentVolume', 'spec.claimRef')).toMatchObject({ type: 'struct', atomic: false });
  });

  test('what is new in a release may be atomic from then on only', () => {
    const path = 'spec.rules.0.http.paths.0.backend.service.port';
    expect(schemaAt('networking.k8s.io/v1', 'Ingress', path, '1.27')).toMatchObject({ atomic: false });
    expect(schemaAt('networking.k8s.io/v1', 'Ingress', path, '1.36')).toMatchObject({ atomic: true });
  });

  test('whether zero differs from absent', () => {
    expect(field('apps/v1', 'Deployment', 'spec.replicas')).toMatchObject({ pointer: true, omitEmpty: true });
    expect(field('apps/v1', 'Deployment', 'spec.minReadySeconds')).toMatchObject({
      pointer: false,
      omitEmpty: true,
    });
    expect(field('apps/v1', 'Deployment', 'spec.selector')).toMatchObject({ omitEmpty: false });
  });

  test('declared defaults and merge strategies', () => {
    expect(field('v1', 'Service', 'spec.ports.0.protocol')).toMatchObject({ default: 'TCP' });
    expect(field('v1', 'Service', 'spec.ports.0.name')).not.toHaveProperty('default');
    expect(field('v1', 'Pod', 'spec.volumes')).toMatchObject({ patchStrategy: ['merge', 'retainKeys'] });
    expect(field('apps/v1', 'Deployment', 'spec.strategy')).toMatchObject({ patchStrategy: ['retainKeys'] });
    expect(field('v1', 'Pod', 'spec.tolerations')).not.toHaveProperty('patchStrategy');
  });
});

describe('the data', () => {
  test('all releases together stay under a megabyte', () => {
    const folder = join(__dirname, '../../../lib/kube/schema/data');
    const sizes = readdirSync(folder).map((file) => statSync(join(folder, file)).size);
    expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThan(1_000_000);
  });

  test('files are read when they are needed: a Pod does not read the packages of other kinds', () => {
    jest.isolateModules(() => {
      const read = jest.spyOn(fs, 'readFileSync');
      try {
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- a fresh copy, with nothing read
        const fresh = require('../../../lib/kube/schema') as typeof schemaModule;
        fresh.lookup('1.36', 'v1', 'Pod', ['spec', 'containers', '0', 'image']);
        const files = read.mock.calls
          .map(([file]) => basename(String(file)))
          .filter((f) => f.endsWith('.v1.json'));
        expect(files.sort()).toEqual(['core.v1.json', 'meta.v1.json']);
      } finally {
        read.mockRestore();
      }
    });
  });
});

describe('kindSchema', () => {
  test('is undefined where the release does not serve the kind', () => {
    expect(
      kindSchema('1.29', 'admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy'),
    ).toBeUndefined();
    expect(kindSchema('1.36', 'extensions/v1beta1', 'Ingress')).toBeUndefined();
    expect(kindSchema('1.36', 'acme.io/v1', 'Widget')).toBeUndefined();
    expect(kindSchema('1.36', 'v1', '__proto__')).toBeUndefined();
  });

  test('is one object however often it is asked for, and so is each struct', () => {
    const pod = kindSchema('1.36', 'v1', 'Pod');
    expect(kindSchema('1.36', 'v1', 'Pod')).toBe(pod);
    const spec = pod?.fields.get('spec');
    const template = schemaAt('apps/v1', 'Deployment', 'spec.template.spec');
    expect(spec?.type === 'struct' && template.type === 'struct' && spec.struct()).toBe(
      template.type === 'struct' && template.struct(),
    );
    expect(kindSchema('1.35', 'v1', 'Pod')).not.toBe(pod);
  });

  test('structs have the name of their Go type', () => {
    expect(kindSchema('1.36', 'rbac.authorization.k8s.io/v1', 'Role')?.name).toBe('rbac/v1.Role');
    expect(kindSchema('1.36', 'internal.apiserver.k8s.io/v1alpha1', 'StorageVersion')?.name).toBe(
      'apiserverinternal/v1alpha1.StorageVersion',
    );
  });

  test('every struct of every release can be read to the last field', () => {
    const total = releases.map((release) => {
      const seen = new Set<StructSchema>();
      for (const { apiVersion, kind } of kinds(release)) {
        const top = kindSchema(release, apiVersion, kind);
        if (top !== undefined) collect({ type: 'struct', struct: () => top, atomic: false }, seen);
      }
      return seen.size;
    });
    expect(Math.min(...total)).toBeGreaterThan(400);
  });
});

/** Adds every struct below `schema` to `seen`. */
function collect(schema: Schema, seen: Set<StructSchema>): void {
  if (schema.type === 'list') collect(schema.items, seen);
  if (schema.type === 'map') collect(schema.values, seen);
  if (schema.type === 'union') for (const each of schema.of) collect(each, seen);
  if (schema.type !== 'struct' || seen.has(schema.struct())) return;
  seen.add(schema.struct());
  for (const field of schema.struct().fields.values()) collect(field, seen);
}
