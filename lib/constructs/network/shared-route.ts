import type { Construct } from 'constructs';
import type { CustomPatches } from '../../kube/custom/patches';
import { isPlainRecord } from '../../manifest/data';
import { referTo } from '../core/existing';
import { optional } from '../core/props';
import type { KubeObject } from '../core/object';
import { isReference } from '../core/reference';
import type { ResourceProps } from '../core/resource';
import { Resource, RESOURCE_SHAPES } from '../core/resource';
import type { Shapes } from '../core/shape';
import { anyOf, flag, mapOf, record } from '../core/shapes';
import type { RoutePatch } from './route';
import type { RouteSpec } from './route/kind';
import type { PlannedRoute } from './route/make';
import { planRoute } from './route/make';
import type { RouteBase, RouteRule } from './route/props';
import { BASE, ROUTE_WORDS, RULE } from './route/props';
import { inherit, ruleIn, type Rule } from './route/rules';
import { recordRoute } from './route/stand-ins';
import type { RouteTo } from './route/target';
import { ROUTE_TO } from './route/target';

/** What happens with the requests for one path of a Route. */
export interface SharedPath extends RouteRule {
  /** Whether only the path itself is meant, not those below it. @default false: it is a prefix */
  readonly exact?: boolean;
  /** Whether the path is a regular expression in the syntax of the gateway. @default false */
  readonly regex?: boolean;
}

/** Props of a Route. */
export interface SharedRouteProps extends ResourceProps, Omit<RouteBase, 'annotations'>, RouteRule {
  /**
   * Where each path leads, by its prefix: `{ '/': web, '/stream': { to: stream, timeout: '1h' } }`.
   * @default all paths, to what `to` says
   */
  readonly paths?: Readonly<Record<string, RouteTo | SharedPath>>;
}

const PATH = record<SharedPath>({ ...RULE, exact: flag, regex: flag } satisfies Shapes<SharedPath>, {
  expected: '{ to }',
  words: { ...ROUTE_WORDS, service: '`to`' },
});

/** Whether the value of a path is a rule, and not where the path leads. */
function isRule(value: unknown): value is SharedPath {
  return isPlainRecord(value) && !isReference(value) && !('service' in value);
}

const PROPS = record<SharedRouteProps>(
  {
    ...RESOURCE_SHAPES,
    ...BASE,
    ...RULE,
    paths: mapOf(
      anyOf<RouteTo | SharedPath>([
        {
          ...PATH,
          takes: isRule,
        },
        ROUTE_TO,
      ]),
      "{ '/': web }",
    ),
  },
  { words: ROUTE_WORDS },
);

/**
 * One host, or several, whose paths lead to several services.
 *
 * | object | when | why |
 * |---|---|---|
 * | Ingress | where the profile has no `gateway` | leads the paths to the Services |
 * | HTTPRoute | where the profile has a `gateway` | leads the paths to the Services |
 * | GRPCRoute | instead, where it matches gRPC services or leads to ports for gRPC | leads calls to the Services |
 * | TLSRoute | instead, with `protocol: 'TLS'` | leads TLS connections for its hosts to the Services, unopened |
 * | TCPRoute | instead, with `protocol: 'TCP'` | leads the connections of a listener to the Services |
 * | UDPRoute | instead, with `protocol: 'UDP'` | leads the datagrams of a listener to the Services |
 * | Certificate | as for the routes of a workload | makes the Secret of the certificate |
 * | ListenerSet | as for the routes of a workload | adds listeners for its hosts to the Gateway |
 * | ReferenceGrant | for each other namespace that a route of the Gateway API leads to | lets the route refer to Services there |
 */
export class Route extends Resource<SharedRouteProps, RoutePatch> {
  /** The Certificate that it asks cert-manager for; `undefined` where an Ingress asks by an annotation, or nobody does. */
  readonly certificate: KubeObject<CustomPatches['Certificate']> | undefined;
  /** The ListenerSet with listeners for its hosts; `undefined` where those of the Gateway are enough. */
  readonly listenerSet: KubeObject<CustomPatches['ListenerSet']> | undefined;
  /** The ReferenceGrants, each in the namespace of the Services. */
  readonly referenceGrants: readonly KubeObject<CustomPatches['ReferenceGrant']>[];

  constructor(scope: Construct, id: string, props: SharedRouteProps) {
    let planned: PlannedRoute | undefined;
    super(scope, id, props, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      shape: PROPS,
      decide: ({ props: own, ...place }) => (planned = planRoute(specOf(own), place)),
      content: (report) => planned?.render(report) ?? {},
    });
    const { namespace, labels } = this.props;
    const metadata = { ...optional('namespace', namespace), ...optional('labels', labels) };
    const additions = planned?.makeAdditions('route', metadata);
    this.certificate = additions?.certificate;
    this.listenerSet = additions?.listenerSet;
    this.referenceGrants = additions?.grants ?? [];
    referTo(this.object, () => [this.props]);
    for (const workload of planned?.workloads ?? []) recordRoute(workload, this.object);
  }
}

function specOf(props: SharedRouteProps): RouteSpec {
  const shared = ruleIn(props);
  const entries = Object.entries(props.paths ?? {});
  if (entries.length === 0)
    return {
      base: props,
      at: '',
      rules: [{ paths: [{ form: 'prefix', value: '/' }], props: shared, at: '' }],
    };
  const rules = entries.map(([value, given]): Rule => {
    const own: SharedPath = isRule(given) ? given : { to: given };
    const { exact = false, regex = false } = own;
    const at = `paths.${value}`;
    const form = exact ? 'exact' : regex ? 'regex' : 'prefix';
    return { paths: [{ form, value, at }], props: inherit(shared, ruleIn(own)), at };
  });
  return { base: props, rules, at: '' };
}
