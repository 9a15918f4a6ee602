import type { Rule } from '../../rule';
import type { Naming } from '../../../graph/reference';
import { partMissing, targetMissing } from '../missing';
import { selectsNothing } from '../selects-nothing';

/** A rule of the table. Its severity is `error` unless the row has another one. */
type Row = Omit<Rule, 'severity'> &
  Partial<Pick<Rule, 'severity'>> & {
    /** What proves the error, and what makes it a warning. */
    readonly proof: string;
  };

const NAMED =
  'An error where the name is a letter off, where another object has it, or where the set has the rest of that namespace; a warning where the cluster, a chart or an operator may have created it, or where whoever applies a file chooses the namespace.';
const SELECTED =
  'An error where labels are a letter off, or where the set has what is in that namespace; a warning where a chart or an operator may create what matches.';
const HELD = 'The set, or what is assumed, has the object that lacks it.';

const naming = (...roles: readonly Naming[]): Pick<Row, 'proof' | 'run'> => ({
  proof: NAMED,
  run: targetMissing(...roles),
});
const selecting = (...roles: Parameters<typeof selectsNothing>): Pick<Row, 'proof' | 'run'> => ({
  proof: SELECTED,
  run: selectsNothing(...roles),
});
const having = (...part: Parameters<typeof partMissing>): Pick<Row, 'proof' | 'run'> => ({
  proof: HELD,
  run: partMissing(...part),
});

/** The rules about fields that name or select something that is missing: a row a rule, without code of its own. */
const ROWS: readonly Row[] = [
  {
    name: 'wiring/affinity-selects-nothing',
    about: 'Finds required affinities and topology spread constraints whose selector matches no pod.',
    why: 'Pods are not spread or kept apart; pods that must run near others are never scheduled.',
    ...selecting(['affinity', 'spread']),
  },
  {
    name: 'wiring/claim-missing',
    about: 'Finds volumes whose PersistentVolumeClaim is missing.',
    why: 'The pods stay pending until the claim exists.',
    ...naming('claim'),
  },
  {
    name: 'wiring/config-map-missing',
    about: 'Finds environment variables and volumes that read a missing ConfigMap.',
    why: 'The kubelet does not start the container until the ConfigMap exists.',
    ...naming('config-map'),
  },
  {
    name: 'wiring/disruption-budget-selects-nothing',
    about: 'Finds PodDisruptionBudgets whose selector matches no pod.',
    why: 'A node drain can evict all of the intended pods at once.',
    ...selecting(['budget-pods']),
  },
  {
    name: 'wiring/endpoints-service-missing',
    about: 'Finds EndpointSlices whose Service is missing.',
    why: 'No client uses addresses that belong to no Service.',
    ...naming('endpoints-service'),
  },
  {
    name: 'wiring/gateway-class-missing',
    about:
      'Finds Gateways whose GatewayClass is neither in the set nor in the cluster profile. Finds nothing if no class is known.',
    why: 'No controller implements the Gateway, so none of its routes work.',
    ...naming('gateway-class'),
  },
  {
    name: 'wiring/gateway-missing',
    about:
      'Finds routes whose Gateway is neither in the set nor in the cluster profile. Finds nothing if no Gateway is known.',
    why: 'The route is attached to nothing, so its backends are unreachable.',
    ...naming('gateway', 'mesh-gateway'),
  },
  {
    name: 'wiring/governing-service-missing',
    about: 'Finds StatefulSets whose serviceName names a missing Service.',
    why: 'The pods get no stable DNS names, by which they and their clients find each other.',
    ...naming('governing-service'),
  },
  {
    name: 'wiring/ingress-backend-missing',
    about: 'Finds Ingresses whose backend Service is missing.',
    why: 'Requests for that path get an error from the controller.',
    ...naming('ingress-backend'),
  },
  {
    name: 'wiring/ingress-class-missing',
    about:
      'Finds Ingresses whose IngressClass is neither in the set nor in the cluster profile. Finds nothing if no class is known.',
    why: 'No controller handles the Ingress, so its backends are unreachable.',
    ...naming('ingress-class'),
  },
  {
    name: 'wiring/issuer-missing',
    about: 'Finds cert-manager certificates whose issuer is missing.',
    why: 'The certificate is never issued.',
    ...naming('issuer'),
  },
  {
    name: 'wiring/key-missing',
    about: 'Finds environment variables and files that read a missing key of a ConfigMap or Secret.',
    why: 'The kubelet does not start the container if a required key is missing; a file mounted by subPath becomes an empty directory.',
    ...having('key', 'key'),
  },
  {
    name: 'wiring/listener-missing',
    about: 'Finds routes that name a listener which their Gateway does not have.',
    why: 'The Gateway does not accept the route, so its backends are unreachable.',
    ...having('listener', 'listener'),
  },
  {
    name: 'wiring/mesh-host-missing',
    about: 'Finds Istio routes and rules whose host is a missing Service.',
    why: 'The proxies answer these requests with status 503.',
    ...naming('mesh-host'),
  },
  {
    name: 'wiring/mesh-pods-missing',
    about: 'Finds Istio subsets and policies whose selector matches no pod.',
    why: 'A subset without pods answers with status 503; a policy without pods protects nothing.',
    ...selecting(['subset-pods', 'mesh-pods']),
  },
  {
    name: 'wiring/mesh-subset-missing',
    about: 'Finds Istio routes to a subset that no DestinationRule defines.',
    why: 'The proxies answer these requests with status 503.',
    ...having('subset', 'subset'),
  },
  {
    name: 'wiring/network-policy-selects-nothing',
    about: 'Finds NetworkPolicies whose podSelector matches no pod.',
    why: 'The intended pods stay open to all traffic.',
    ...selecting(['policy-pods']),
  },
  {
    name: 'wiring/object-missing',
    about:
      'Finds references to other missing objects: resource claims, objects that an autoscaler measures, admission policies, KEDA authentications, Flux sources, what a Rollout or Canary rolls out, its Services, routes and analyses.',
    why: 'The object with the reference does nothing, or waits forever.',
    ...naming('other'),
  },
  {
    name: 'wiring/preference-selects-nothing',
    severity: 'warning',
    about: 'Finds preferred affinities whose selector matches no pod.',
    why: 'The preference has no effect on scheduling.',
    ...selecting(['preference']),
  },
  {
    name: 'wiring/priority-class-missing',
    about: 'Finds pods whose PriorityClass is missing.',
    why: 'The API server rejects the pods, so the workload runs none.',
    ...naming('priority-class'),
  },
  {
    name: 'wiring/pull-secret-missing',
    about: 'Finds imagePullSecrets that are missing.',
    why: 'The kubelet pulls without credentials, and a private image cannot be pulled.',
    ...naming('pull-secret'),
  },
  {
    name: 'wiring/rbac-role-missing',
    about: 'Finds bindings to a Role or ClusterRole that is neither in the set nor built into every cluster.',
    why: 'The binding grants nothing until somebody creates a role of that name, and then all that the role allows.',
    ...naming('role'),
  },
  {
    name: 'wiring/rbac-subject-missing',
    about: 'Finds bindings to a missing ServiceAccount.',
    why: 'The intended account has no permissions, and any account created with that name has them.',
    ...naming('subject'),
  },
  {
    name: 'wiring/route-backend-missing',
    about: 'Finds Gateway API routes whose backend Service is missing.',
    why: 'Requests for that route get status 500.',
    ...naming('route-backend'),
  },
  {
    name: 'wiring/runtime-class-missing',
    about: 'Finds pods whose RuntimeClass is missing.',
    why: 'The API server rejects the pods, so the workload runs none.',
    ...naming('runtime-class'),
  },
  {
    name: 'wiring/scale-target-missing',
    about:
      'Finds autoscalers (HorizontalPodAutoscaler, KEDA, VerticalPodAutoscaler) whose target workload is missing.',
    why: 'The autoscaler does nothing, and the intended workload is not scaled.',
    ...naming('scale-target'),
  },
  {
    name: 'wiring/secret-missing',
    about:
      'Finds environment variables, volumes and credentials that read a missing Secret which no controller creates.',
    why: 'The kubelet does not start the container until the Secret exists.',
    ...naming('secret'),
  },
  {
    name: 'wiring/secret-store-missing',
    about: 'Finds ExternalSecrets whose SecretStore is missing.',
    why: 'The Secret is never created, and the pods that need it do not start.',
    ...naming('secret-store'),
  },
  {
    name: 'wiring/service-account-missing',
    about: 'Finds pods whose ServiceAccount is missing.',
    why: 'The API server rejects the pods, so the workload runs none.',
    ...naming('service-account'),
  },
  {
    name: 'wiring/service-port-missing',
    about: 'Finds Ingresses, routes and webhooks that name a port which their Service does not have.',
    why: 'The controller has no endpoint to send requests to, and answers with an error.',
    ...having('port', 'port'),
  },
  {
    name: 'wiring/service-selects-nothing',
    about: 'Finds Services whose selector matches no pod.',
    why: 'The Service has no endpoints, so every connection to it fails.',
    ...selecting(['service-pods']),
  },
  {
    name: 'wiring/storage-class-missing',
    about:
      'Finds claims whose StorageClass is neither in the set nor in the cluster profile. Finds nothing if no class is known.',
    why: 'No volume is provisioned for the claim, and the pods that mount it stay pending.',
    ...naming('storage-class'),
  },
  {
    name: 'wiring/tls-secret-missing',
    about: 'Finds certificates of an Ingress or Gateway whose Secret is missing and which no issuer creates.',
    why: 'The controller serves its default certificate instead, which no browser trusts.',
    ...naming('tls-secret'),
  },
  {
    name: 'wiring/volume-missing',
    about: 'Finds claims that name a missing PersistentVolume.',
    why: 'The claim stays pending, and so do the pods that mount it.',
    ...naming('volume'),
  },
  {
    name: 'wiring/webhook-service-missing',
    about: 'Finds webhooks, aggregated APIs and CRD conversions whose Service is missing.',
    why: 'Every request for which the API server has to call the Service fails.',
    ...naming('hook-service'),
  },
];

export const REFERENCE_RULES: readonly Rule[] = ROWS.map(({ proof, why, ...row }) => ({
  severity: 'error',
  ...row,
  why: `${why} ${proof}`,
}));
