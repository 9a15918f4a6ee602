import { check } from '../check/check';
import { ManifestSet } from '../manifest/set';
import type { Manifest } from '../manifest/manifest';

const object = (apiVersion: string, kind: string, name: string, namespace: string, rest: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace !== '' && { namespace }), labels: { app: name } },
  ...rest,
});
const account = (namespace: string, name = 'runner') => object('v1', 'ServiceAccount', name, namespace);
const pod = (namespace: string, spec: object = {}, name = 'job') =>
  object('v1', 'Pod', name, namespace, { spec: { containers: [{ name: 'job', image: 'a:1' }], ...spec } });
const needs = (namespace: string) => pod(namespace, { serviceAccountName: 'runner' });

/** What the rules of wiring say of objects, as if they were read from one file. */
function said(objects: readonly object[], origin: Manifest['origin'] = { source: 'a/all.yaml:1' }): string[] {
  const manifests = ManifestSet.of([...objects]).manifests.map((each) => ({ ...each, origin }));
  return check(ManifestSet.from(manifests), { preset: 'recommended' })
    .filter(({ rule, severity }) => rule.startsWith('wiring/') && severity !== 'info')
    .map(({ severity, message, hint }) => `${severity}: ${message} (${hint ?? ''})`);
}

const MISSING = 'ServiceAccount "runner" not found';

describe('an object without a namespace', () => {
  it('may be applied to the namespace that has what it names', () => {
    expect(said([needs(''), account('tracing')])).toEqual([
      `warning: ${MISSING}, but Pod job may be applied to namespace "tracing", which has it (Set metadata.namespace: tracing.)`,
    ]);
  });

  it('may be applied to the namespace of a unit beside it', () => {
    const around = {
      has: () => false,
      selects: () => false,
      named: (name: string) => [{ group: '', kind: 'ServiceAccount', namespace: 'tracing', name }],
    };
    const beside = check(ManifestSet.of([needs('')]), { around });
    expect(beside.filter(({ rule }) => rule === 'wiring/service-account-missing')).toEqual([
      expect.objectContaining({
        severity: 'warning',
        message: `${MISSING}, but Pod job may be applied to namespace "tracing", which has it`,
      }),
    ]);
  });

  it('names what is nowhere, or a letter off', () => {
    expect(said([needs(''), account('', 'other')])[0]).toMatch(/^error/);
    expect(said([needs(''), account('tracing'), account('', 'runer')])[0]).toMatch(/^error/);
  });

  it('is applied as it is where an app makes it', () => {
    expect(said([needs(''), account('tracing')], { construct: 'app/job' })).toEqual([
      `error: ${MISSING} (There is one in namespace "tracing".)`,
    ]);
  });

  it('may be what others name in their own namespace', () => {
    expect(said([needs('tracing'), account('')])).toEqual([
      'warning: ServiceAccount "runner" in namespace "tracing" not found, but ServiceAccount runner may be applied to that namespace (Set metadata.namespace of ServiceAccount runner.)',
    ]);
    expect(said([needs('tracing'), account('')], { construct: 'app/job' })[0]).toMatch(/^error/);
    expect(said([needs('tracing'), account('default')])[0]).toMatch(/^error/);
  });

  it('may be in the namespace that a host names', () => {
    const env = [{ name: 'URL', value: 'http://backend.dev.svc.cluster.local:80' }];
    const front = pod('', { containers: [{ name: 'web', image: 'a:1', env }] }, 'front');
    const service = object('v1', 'Service', 'backend', '', {
      spec: { selector: { app: 'front' }, ports: [{ port: 80 }] },
    });
    expect(said([object('v1', 'Namespace', 'dev', ''), front, service])).toEqual([
      expect.stringMatching(/^warning: .*Service backend may be applied to that namespace/),
    ]);
  });

  it('that spells out namespace default means it', () => {
    const env = [{ name: 'URL', value: 'http://backend.default.svc.cluster.local:80' }];
    const front = pod('', { containers: [{ name: 'web', image: 'a:1', env }] }, 'front');
    const service = object('v1', 'Service', 'backend', 'dev', {
      spec: { selector: { app: 'front' }, ports: [{ port: 80 }] },
    });
    expect(said([front, pod('dev', {}, 'front'), service])[0]).toMatch(/^error: host/);
  });
});

describe('a selector', () => {
  const service = (namespace: string) =>
    object('v1', 'Service', 'job', namespace, { spec: { selector: { app: 'job' }, ports: [{ port: 80 }] } });
  const other = pod('', {}, 'other');

  it('of an object without a namespace may match in the one that it is applied to', () => {
    expect(said([service(''), other, pod('tracing')])).toEqual([
      'warning: selector app=job matches no pods, but Service job may be applied to namespace "tracing", which has such pods ()',
    ]);
    expect(said([service('default'), other, pod('tracing')])[0]).toMatch(/^error/);
  });

  it('may match an object without a namespace, which nothing that an app makes is', () => {
    const objects = [service('tracing'), pod('tracing', {}, 'other'), pod('')];
    expect(said(objects)).toEqual([expect.stringMatching(/^warning: .*Pod job may be applied/)]);
    expect(said(objects, { construct: 'app/job' })[0]).toMatch(/^error/);
  });
});
