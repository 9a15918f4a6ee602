import { linesOf } from '../../../test/graph/reference-lines';

const of = (apiVersion: string, kind: string, spec: string, others = ''): string[] =>
  linesOf(`
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: web, namespace: shop }
spec: ${spec}
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web:1 }] } } }
${others}`);

describe('a HorizontalPodAutoscaler', () => {
  const hpa = (spec: string): string[] => of('autoscaling/v2', 'HorizontalPodAutoscaler', spec);

  it.each([
    ['{ apiVersion: apps/v1, kind: Deployment, name: web }', 'apps/Deployment shop/web set'],
    ['{ kind: StatefulSet, name: web }', 'apps/StatefulSet shop/web missing'],
    ['{ kind: ReplicationController, name: web }', 'ReplicationController shop/web missing'],
    ['{ kind: Pod, name: web }', 'Pod shop/web missing'],
    [
      '{ apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: web }',
      'argoproj.io/Rollout shop/web missing',
    ],
  ])('with the target %s names %s', (ref, target) => {
    expect(hpa(`{ scaleTargetRef: ${ref} }`)).toEqual([`scale-target spec.scaleTargetRef.name → ${target}`]);
  });

  it('names the objects that its metrics describe', () => {
    const object = '{ describedObject: { apiVersion: networking.k8s.io/v1, kind: Ingress, name: web } }';
    expect(hpa(`{ metrics: [{ type: Resource }, { type: Object, object: ${object} }] }`)).toEqual([
      'other spec.metrics[1].object.describedObject.name → networking.k8s.io/Ingress shop/web missing',
    ]);
  });
});

test('a VerticalPodAutoscaler names what it scales', () => {
  expect(
    of(
      'autoscaling.k8s.io/v1',
      'VerticalPodAutoscaler',
      '{ targetRef: { apiVersion: apps/v1, kind: Deployment, name: web } }',
    ),
  ).toEqual(['scale-target spec.targetRef.name → apps/Deployment shop/web set']);
});

describe('of KEDA', () => {
  const TRIGGERS =
    'triggers: [{ type: cpu }, { type: kafka, authenticationRef: { name: a } }, { type: kafka, authenticationRef: { name: b, kind: ClusterTriggerAuthentication } }]';
  const CREDENTIALS = [
    'other spec.triggers[1].authenticationRef.name → keda.sh/TriggerAuthentication shop/a missing',
    'other spec.triggers[2].authenticationRef.name → keda.sh/ClusterTriggerAuthentication b unknown',
  ];

  it('a ScaledObject names a Deployment unless it says another kind, and its credentials', () => {
    expect(of('keda.sh/v1alpha1', 'ScaledObject', `{ scaleTargetRef: { name: web }, ${TRIGGERS} }`)).toEqual([
      'scale-target spec.scaleTargetRef.name → apps/Deployment shop/web set',
      ...CREDENTIALS,
    ]);
    expect(
      of('keda.sh/v1alpha1', 'ScaledObject', '{ scaleTargetRef: { kind: StatefulSet, name: web } }'),
    ).toEqual(['scale-target spec.scaleTargetRef.name → apps/StatefulSet shop/web missing']);
  });

  it('a ScaledJob names its credentials', () => {
    expect(of('keda.sh/v1alpha1', 'ScaledJob', `{ ${TRIGGERS} }`)).toEqual(CREDENTIALS);
  });

  it('a TriggerAuthentication names keys of Secrets', () => {
    const ref = 'spec.secretTargetRef[0]';
    expect(
      of(
        'keda.sh/v1alpha1',
        'TriggerAuthentication',
        '{ secretTargetRef: [{ parameter: p, name: a, key: k }] }',
      ),
    ).toEqual([`secret ${ref}.name → Secret shop/a missing with key k (${ref}.key): unknown`]);
  });
});

test('a PodDisruptionBudget selects pods of its namespace, and an empty selector needs none to match', () => {
  const budget = (selector: string): string[] => of('policy/v1', 'PodDisruptionBudget', `{ ${selector} }`);
  expect(budget('selector: { matchLabels: { app: web } }')).toEqual([
    'budget-pods spec.selector → app=web in shop: web',
  ]);
  expect(budget('selector: {}')).toEqual([]);
  expect(budget('minAvailable: 1')).toEqual([]);
});
