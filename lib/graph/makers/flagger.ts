import type { Field } from '../../manifest/field';
import type { Derived, Maker } from './maker';
import { service } from './maker';

/** What Flagger makes of a Canary: copies that serve, Services for both, and the route between them. */
export const flagger: Maker = {
  kind: 'flagger.app/Canary',
  source: 'https://docs.flagger.app/usage/how-it-works',
  makes: (object, _, namespace) => {
    const spec = object.child('spec');
    const target = spec.at('targetRef', 'name').text;
    const apex = spec.at('service', 'name').text || target;
    if (target === '') return [];
    const of = (group: string, kind: string, name: string): Derived => ({
      target: { group, kind, namespace, name },
    });
    return [
      of('apps', 'Deployment', `${target}-primary`),
      ...['', '-primary', '-canary'].map((suffix) => ({ target: service(`${apex}${suffix}`, namespace) })),
      ...scaler(spec.child('autoscalerRef'), of),
      ...routes(spec, apex, of),
    ];
  },
};

type Make = (group: string, kind: string, name: string) => Derived;

function scaler(ref: Field, make: Make): Derived[] {
  const [kind, name] = [ref.child('kind').text, `${ref.child('name').text}-primary`];
  if (!ref.isSet) return [];
  return [
    kind === 'ScaledObject'
      ? make('keda.sh', kind, name)
      : make('autoscaling', 'HorizontalPodAutoscaler', name),
  ];
}

function routes(spec: Field, apex: string, make: Make): Derived[] {
  const provider = spec.child('provider').text;
  const ingress = spec.at('ingressRef', 'name').text;
  if (ingress !== '') return [make('networking.k8s.io', 'Ingress', `${ingress}-canary`)];
  if (provider.startsWith('gatewayapi')) return [make('gateway.networking.k8s.io', 'HTTPRoute', apex)];
  if (provider !== 'istio') return [];
  return [
    make('networking.istio.io', 'VirtualService', apex),
    ...['-primary', '-canary'].map((suffix) =>
      make('networking.istio.io', 'DestinationRule', `${apex}${suffix}`),
    ),
  ];
}
