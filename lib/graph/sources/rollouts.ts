import type { Field } from '../../manifest/field';
import type { Target } from '../reference';
import type { ReferenceCollector, ReferenceSource } from '../reference-collector';
import { rolloutTargetOf } from '../rollouts';

const GATEWAY = 'gateway.networking.k8s.io';

/** The plugin of Argo Rollouts for the Gateway API. */
const GATEWAY_PLUGIN = 'argoproj-labs/gatewayAPI';

/** The kinds of routes whose weights it sets, by the field that names one; `httpRoutes` lists several. */
const ROUTES = { httpRoute: 'HTTPRoute', grpcRoute: 'GRPCRoute', tcpRoute: 'TCPRoute', tlsRoute: 'TLSRoute' };

/** What a Rollout of Argo rolls out, the Services and routes that it changes, and its analyses. */
export const rollout: ReferenceSource = (collect, object) => {
  ofWorkload(collect);
  const [canary, blueGreen] = [
    object.at('spec', 'strategy', 'canary'),
    object.at('spec', 'strategy', 'blueGreen'),
  ];
  const services = [
    ...['stableService', 'canaryService'].map((name) => canary.child(name)),
    ...['pingService', 'pongService'].map((name) => canary.at('pingPong', name)),
    ...['activeService', 'previewService'].map((name) => blueGreen.child(name)),
  ];
  for (const name of services) named(collect, name, '', 'Service');
  const analyses = [
    canary.child('analysis'),
    ...canary.list('steps').map((step) => step.child('analysis')),
    ...['prePromotionAnalysis', 'postPromotionAnalysis'].map((name) => blueGreen.child(name)),
  ];
  for (const analysis of analyses)
    for (const template of analysis.list('templates')) ofTemplate(collect, template);
  ofRouting(collect, canary.child('trafficRouting'));
};

function ofTemplate(collect: ReferenceCollector, template: Field): void {
  const name = template.child('templateName');
  if (template.child('clusterScope').isTrue)
    collect.name('other', name, { group: 'argoproj.io', kind: 'ClusterAnalysisTemplate', name: name.text });
  else named(collect, name, 'argoproj.io', 'AnalysisTemplate');
}

function ofRouting(collect: ReferenceCollector, routing: Field): void {
  for (const controller of ['nginx', 'alb'])
    for (const [one, several] of [
      ['stableIngress', 'stableIngresses'],
      ['ingress', 'ingresses'],
    ] as const)
      for (const name of [routing.at(controller, one), ...routing.at(controller).list(several)])
        named(collect, name, 'networking.k8s.io', 'Ingress');
  const virtual = [routing.at('istio', 'virtualService'), ...routing.list('istio', 'virtualServices')];
  for (const name of virtual.map((each) => each.child('name')))
    // `name.namespace` is one of another namespace.
    if (!name.text.includes('.')) named(collect, name, 'networking.istio.io', 'VirtualService');
  const plugin = routing.child('plugins').key(GATEWAY_PLUGIN);
  const namespace = plugin.child('namespace').text || collect.namespace;
  for (const [field, kind] of Object.entries(ROUTES)) {
    const names = [plugin.child(field), ...plugin.list(`${field}s`).map((each) => each.child('name'))];
    for (const name of names)
      collect.name('other', name, { group: GATEWAY, kind, namespace, name: name.text });
  }
}

/** What a Canary of Flagger rolls out, the autoscaler and the Ingress that it copies, and its metrics. */
export const canary: ReferenceSource = (collect, object) => {
  ofWorkload(collect);
  const spec = object.child('spec');
  const scaler = spec.child('autoscalerRef');
  const scalerKind = scaler.child('kind').text;
  if (scalerKind === 'ScaledObject') named(collect, scaler.child('name'), 'keda.sh', scalerKind);
  else if (scaler.isSet) named(collect, scaler.child('name'), 'autoscaling', 'HorizontalPodAutoscaler');
  if (spec.at('ingressRef', 'kind').text === 'Ingress')
    named(collect, spec.at('ingressRef', 'name'), 'networking.k8s.io', 'Ingress');
  for (const metric of spec.list('analysis', 'metrics')) {
    const ref = metric.child('templateRef');
    const namespace = ref.child('namespace').text || collect.namespace;
    const name = ref.child('name');
    collect.name('other', name, { group: 'flagger.app', kind: 'MetricTemplate', namespace, name: name.text });
  }
};

function ofWorkload(collect: ReferenceCollector): void {
  const found = rolloutTargetOf(collect.from);
  if (found !== undefined) collect.name('other', found.name, found.target);
}

function named(collect: ReferenceCollector, name: Field, group: string, kind: Target['kind']): void {
  const { namespace } = collect;
  collect.name('other', name, { group, kind, namespace, name: name.text });
}
