import { ManifestSet } from '../manifest/set';
import { plan } from './plan';

const widget = (spec: string): ManifestSet =>
  ManifestSet.parse(`{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"a"},"spec":${spec}}`);

test.each(['constructor', 'valueOf', '__proto__'])('a field called %s is shown as it is', (key) => {
  const [empty, full] = [widget('{"other":1}'), widget(`{"other":1,"${key}":"x"}`)];
  const fields = (before: ManifestSet, after: ManifestSet): unknown => plan(before, after).changes[0]?.fields;
  expect(fields(empty, full)).toEqual([{ path: `spec.${key}`, after: 'x' }]);
  expect(fields(full, empty)).toEqual([{ path: `spec.${key}`, before: 'x' }]);
});

describe('what the API server allocates for a Service', () => {
  const service = (spec: string): ManifestSet =>
    ManifestSet.parse(
      `{"apiVersion":"v1","kind":"Service","metadata":{"name":"a"},"spec":{"ports":[{"port":80}],${spec}}}`,
    );
  const fields = (before: string, after: string): Record<string, string> => {
    const [change] = plan(service(before), service(after)).changes;
    const found = change?.fields ?? [];
    const text = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value));
    return Object.fromEntries(
      found.map(({ path, before: was, after: now }) => [path, `${text(was)} → ${text(now)}`]),
    );
  };

  it('is a word where it comes or goes', () => {
    expect(fields('"type":"ClusterIP"', '"type":"NodePort"')).toMatchObject({
      'spec.ports[0].nodePort': ' → "(allocated)"',
    });
    expect(fields('"type":"ExternalName","externalName":"b.example"', '"type":"ClusterIP"')).toMatchObject({
      'spec.clusterIP': ' → "(allocated)"',
      'spec.clusterIPs': ' → ["(allocated)"]',
    });
    const local = '"type":"LoadBalancer","externalTrafficPolicy":"Local"';
    expect(fields(local, '"type":"LoadBalancer"')).toMatchObject({
      'spec.healthCheckNodePort': '"(allocated)" → ',
    });
  });

  it('is no difference where it stays', () => {
    expect(fields('"clusterIP":"10.0.0.9"', '"type":"ClusterIP"')).toEqual({});
    const open = '"type":"LoadBalancer"';
    expect(fields(open, `${open},"allocateLoadBalancerNodePorts":false`)).toEqual({
      'spec.allocateLoadBalancerNodePorts': 'true → false',
    });
  });
});

it('shows an address that stands for an allocated one elsewhere as it is', () => {
  const map = (ip: string): ManifestSet =>
    ManifestSet.parse(`{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"ip":"${ip}"}}`);
  expect(plan(map('192.0.2.1'), map('192.0.2.2')).changes[0]?.fields).toEqual([
    { path: 'data.ip', before: '192.0.2.1', after: '192.0.2.2' },
  ]);
});
