import { linesOf } from '../../../test/graph/reference-lines';

const OTHERS = `
---
apiVersion: v1
kind: Namespace
metadata: { name: tools, labels: { team: tools } }
---
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: shop, labels: { app: api } }
spec: { containers: [{ name: api, image: api:1 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: prometheus, namespace: tools, labels: { app: prometheus } }
spec: { containers: [{ name: prometheus, image: prometheus:3 }] }
`;

const policy = (spec: string): string[] =>
  linesOf(`
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api, namespace: shop }
spec: ${spec}
${OTHERS}`);

test('a NetworkPolicy selects the pods of its namespace that it is for', () => {
  expect(policy('{ podSelector: { matchLabels: { app: api } } }')).toEqual([
    'policy-pods spec.podSelector → app=api in shop: api',
  ]);
  expect(policy('{ podSelector: { matchExpressions: [{ key: app, operator: Exists }] } }')).toEqual([
    'policy-pods spec.podSelector → app in shop: api',
  ]);
});

test('an empty selector needs no pods to match', () => {
  expect(policy('{ podSelector: {} }')).toEqual([]);
  expect(policy('{}')).toEqual([]);
  expect(policy('{ podSelector: {}, ingress: [{ from: [{ podSelector: {} }, {}] }] }')).toEqual([]);
});

describe.each([
  ['ingress', 'from'],
  ['egress', 'to'],
])('a peer of %s', (direction, peers) => {
  const peer = (text: string): string[] =>
    policy(`{ podSelector: {}, ${direction}: [{ ${peers}: [${text}] }] }`);
  const at = `spec.${direction}[0].${peers}[0].podSelector`;
  const PROMETHEUS = 'podSelector: { matchLabels: { app: prometheus } }';

  it('selects pods of its namespace unless it selects other namespaces', () => {
    expect(peer(`{ ${PROMETHEUS} }`)).toEqual([`policy-peer ${at} → app=prometheus in shop: nothing`]);
    expect(peer(`{ ${PROMETHEUS}, namespaceSelector: { matchLabels: { team: tools } } }`)).toEqual([
      `policy-peer ${at} → app=prometheus in tools: prometheus`,
    ]);
  });

  it('may select pods of namespaces that are not known', () => {
    expect(peer(`{ ${PROMETHEUS}, namespaceSelector: {} }`)).toEqual([]);
    expect(peer(`{ ${PROMETHEUS}, namespaceSelector: { matchLabels: { team: gone } } }`)).toEqual([]);
  });

  it('may select the pods of a Gateway, which its controller makes', () => {
    const label = 'gateway.networking.k8s.io/gateway-name';
    expect(peer(`{ podSelector: { matchLabels: { ${label}: edge } } }`)).toEqual([]);
  });

  it('may be addresses', () => expect(peer('{ ipBlock: { cidr: 10.0.0.0/8 } }')).toEqual([]));
});
