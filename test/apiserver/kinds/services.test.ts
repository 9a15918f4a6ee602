import type { KubeObject } from '../../../lib/manifest/manifest';
import { effect, having, object, updated } from '../../plan/changes';

type Plain = Record<string, unknown>;

const ports = [{ name: 'http', port: 80 }];

function service(spec: object): KubeObject {
  return object('v1', 'Service', { spec: { selector: { app: 'a' }, ports, ...spec } });
}

/** The spec that the server holds of a Service after a change. */
function held(before: KubeObject, after: KubeObject): Plain {
  const { now, violations } = updated(before, after);
  expect(violations).toEqual([]);
  return now['spec'] as Plain;
}

/** Why the server refuses a change: paths and messages. */
function refused(before: KubeObject, after: KubeObject): string[] {
  return updated(before, after).violations.map(({ path, message }) => `${path}: ${message}`);
}

const plain = service({});
const external = object('v1', 'Service', { spec: { type: 'ExternalName', externalName: 'a.example' } });

describe('the address of a Service', () => {
  const named = service({ clusterIP: '10.96.0.7' });

  it('stays where it is no longer named, under both of its names', () => {
    expect(held(named, having(plain, 'spec.sessionAffinity', 'ClientIP'))).toMatchObject({
      clusterIP: '10.96.0.7',
      clusterIPs: ['10.96.0.7'],
    });
  });

  it('is one that the server allocates where none was ever named', () => {
    expect(held(plain, having(plain, 'spec.sessionAffinity', 'ClientIP'))).toMatchObject({
      clusterIP: '192.0.2.1',
      clusterIPs: ['192.0.2.1'],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
    });
  });

  it('may be named by the list alone', () => {
    expect(effect(plain, service({ clusterIPs: ['10.96.0.7'] }))).toBe('none');
    expect(effect(named, service({ clusterIPs: ['10.96.0.7'] }))).toBe('none');
  });

  it('cannot be something that is no address', () => {
    expect(refused(plain, service({ clusterIP: 'x' }))).not.toEqual([]);
  });

  it('goes with the type ExternalName, and comes back without it', () => {
    const gone = held(named, external);
    for (const name of ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy', 'internalTrafficPolicy'])
      expect(gone).not.toHaveProperty(name);
    expect(held(external, plain)).toMatchObject({
      clusterIP: '192.0.2.1',
      clusterIPs: ['192.0.2.1'],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      internalTrafficPolicy: 'Cluster',
    });
  });

  it('is checked only as long as the Service is in the cluster', () => {
    expect(effect(external, named)).toBe('updated');
    expect(effect(named, external)).toBe('updated');
  });
});

describe('the address families of a Service', () => {
  const headless = { clusterIP: 'None', selector: undefined };

  it('are both where it is headless and selects nothing', () => {
    const open = having(service(headless), 'spec.sessionAffinity', 'None');
    expect(held(open, having(open, 'spec.publishNotReadyAddresses', true))).toMatchObject({
      ipFamilies: ['IPv4', 'IPv6'],
      ipFamilyPolicy: 'RequireDualStack',
    });
  });

  it('are one where it is headless and selects pods', () => {
    const closed = service({ clusterIP: 'None' });
    expect(held(closed, having(closed, 'spec.publishNotReadyAddresses', true))).toMatchObject({
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
    });
  });

  it('start with the one that is named', () => {
    const six = service({ ...headless, ipFamilies: ['IPv6'] });
    expect(held(six, having(six, 'spec.publishNotReadyAddresses', true))).toMatchObject({
      ipFamilies: ['IPv6', 'IPv4'],
    });
  });

  it('follow the addresses', () => {
    const six = service({ clusterIP: 'fd00::1', clusterIPs: ['fd00::1'] });
    const { now } = updated(six, having(six, 'spec.publishNotReadyAddresses', true));
    expect(now['spec']).toMatchObject({ ipFamilies: ['IPv6'], ipFamilyPolicy: 'SingleStack' });
  });

  const addresses = ['10.96.0.7', 'fd00::1'];
  const dual = service({
    clusterIP: addresses[0],
    clusterIPs: addresses,
    ipFamilies: ['IPv4', 'IPv6'],
    ipFamilyPolicy: 'RequireDualStack',
  });

  it('become one with SingleStack, which keeps the first', () => {
    const single = having(dual, 'spec.ipFamilyPolicy', 'SingleStack');
    expect(held(dual, single)).toMatchObject({ clusterIPs: ['10.96.0.7'], ipFamilies: ['IPv4'] });
  });

  it('cannot be given up otherwise', () => {
    const less = having(having(dual, 'spec.clusterIPs', [addresses[0]]), 'spec.ipFamilies', ['IPv4']);
    const invalid = 'spec.ipFamilyPolicy: Invalid value: "RequireDualStack"';
    expect(refused(dual, less).slice(-2)).toEqual([
      `${invalid}: must be SingleStack to give up the second of clusterIPs`,
      `${invalid}: must be SingleStack to give up the second of ipFamilies`,
    ]);
  });

  it('cannot change their order', () => {
    const turned = having(
      having(having(dual, 'spec.clusterIP', addresses[1]), 'spec.clusterIPs', [...addresses].reverse()),
      'spec.ipFamilies',
      ['IPv6', 'IPv4'],
    );
    const said = refused(dual, turned).map((text) => text.replace(/Invalid value: .*: /, ''));
    expect(said.slice(-4)).toEqual([
      'spec.clusterIPs[0]: field is immutable',
      'spec.clusterIPs[1]: field is immutable',
      'spec.ipFamilies[0]: field is immutable',
      'spec.ipFamilies[1]: field is immutable',
    ]);
  });
});

describe('the node ports of a Service', () => {
  const opened = service({
    type: 'NodePort',
    ports: [
      { name: 'http', port: 80, nodePort: 30080 },
      { name: 'https', port: 443, nodePort: 30443 },
    ],
  });
  const nodePorts = (spec: Plain): unknown => (spec['ports'] as Plain[]).map(({ nodePort }) => nodePort);

  it('stay with the names of their ports', () => {
    const unnamed = service({
      type: 'NodePort',
      ports: [
        { name: 'http', port: 81 },
        { name: 'https', port: 443 },
      ],
    });
    expect(nodePorts(held(opened, unnamed))).toEqual([30080, 30443]);
    expect(nodePorts(held(opened, having(unnamed, 'spec.type', 'LoadBalancer')))).toEqual([30080, 30443]);
  });

  it('are not given to a port when another one names them', () => {
    const moved = service({
      type: 'NodePort',
      ports: [
        { name: 'http', port: 80 },
        { name: 'https', port: 443, nodePort: 30080 },
      ],
    });
    expect(nodePorts(held(opened, moved))).toEqual([undefined, 30080]);
  });

  it('go with the type', () => {
    const closed = having(opened, 'spec.type', 'ClusterIP');
    const spec = held(opened, closed);
    expect(nodePorts(spec)).toEqual([undefined, undefined]);
    expect(spec).not.toHaveProperty('externalTrafficPolicy');
  });

  it('stay, and are refused, where one of them changes with the type', () => {
    const both = having(having(opened, 'spec.type', 'ClusterIP'), 'spec.ports.0.nodePort', 30081);
    expect(refused(opened, both)).not.toEqual([]);
  });
});

describe('a load balancer', () => {
  const balanced = service({
    type: 'LoadBalancer',
    externalTrafficPolicy: 'Local',
    loadBalancerClass: 'x.io/a',
  });

  it('has a port for health checks that stays', () => {
    const checked = having(balanced, 'spec.healthCheckNodePort', 31000);
    expect(effect(balanced, checked)).toBe('none');
    expect(effect(checked, balanced)).toBe('none');
    expect(refused(checked, having(checked, 'spec.healthCheckNodePort', 31001))).toEqual([
      'spec.healthCheckNodePort: Forbidden: field is immutable',
    ]);
  });

  it.each([30_000, 32_767])('may name %d for health checks where the server allocated one', (port) => {
    expect(effect(balanced, having(balanced, 'spec.healthCheckNodePort', port))).toBe('none');
  });

  it.each([29_999, 32_768])('cannot name %d, which is out of the range of node ports', (port) => {
    expect(effect(balanced, having(balanced, 'spec.healthCheckNodePort', port))).toBe('rejected');
  });

  it('gives up its port for health checks where traffic may go to every node', () => {
    const checked = having(balanced, 'spec.healthCheckNodePort', 31000);
    const spec = held(checked, having(checked, 'spec.externalTrafficPolicy', 'Cluster'));
    expect(spec).not.toHaveProperty('healthCheckNodePort');
  });

  it('gives up what is its own when it becomes a Service of the cluster', () => {
    const spec = held(balanced, having(balanced, 'spec.type', 'ClusterIP'));
    for (const name of ['allocateLoadBalancerNodePorts', 'loadBalancerClass', 'externalTrafficPolicy'])
      expect(spec).not.toHaveProperty(name);
  });

  it('keeps its traffic policy where it has external addresses', () => {
    const after = having(having(balanced, 'spec.type', 'ClusterIP'), 'spec.externalIPs', ['1.2.3.4']);
    expect(held(balanced, after)).toMatchObject({ externalTrafficPolicy: 'Local' });
  });

  it('may not change its class, and says how to', () => {
    const { violations } = updated(balanced, having(balanced, 'spec.loadBalancerClass', 'x.io/b'));
    expect(violations).toMatchObject([
      {
        path: 'spec.loadBalancerClass',
        message: 'Invalid value: "x.io/b": may not change once set',
        hint: expect.stringContaining('delete the Service and apply it again') as string,
      },
    ]);
  });

  it('may take a class when it becomes one', () => {
    expect(effect(plain, balanced)).toBe('updated');
  });
});
