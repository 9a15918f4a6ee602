import { ruleTest } from '../../../../test/check/rule-test';
import { REFERENCE_RULES } from './references';

/** What each rule of the table finds in its failing YAML. */
const FOUND: readonly Parameters<typeof ruleTest>[] = [
  [
    'wiring/affinity-selects-nothing',
    'error',
    [
      'Pod web',
      'spec.topologySpreadConstraints[0].labelSelector',
      'selector app=wbe matches no pods',
      'The closest match is Pod web with app=web.',
    ],
  ],
  [
    'wiring/claim-missing',
    'error',
    [
      'Pod web',
      'spec.volumes[0].persistentVolumeClaim.claimName',
      'PersistentVolumeClaim "data" not found',
      'Add it, or pass it with --assume if the cluster has it.',
    ],
  ],
  [
    'wiring/config-map-missing',
    'error',
    [
      'Pod web',
      'spec.containers[0].envFrom[0].configMapRef.name',
      'ConfigMap "settings" not found',
      'Add it, or pass it with --assume if the cluster has it.',
    ],
  ],
  [
    'wiring/disruption-budget-selects-nothing',
    'error',
    [
      'PodDisruptionBudget web',
      'spec.selector',
      'selector app=wbe matches no pods',
      'The closest match is Deployment web with app=web.',
    ],
  ],
  [
    'wiring/endpoints-service-missing',
    'error',
    [
      'EndpointSlice web-1',
      'metadata.labels[kubernetes.io/service-name]',
      'Service "wbe" not found',
      'Did you mean "web"?',
    ],
  ],
  [
    'wiring/gateway-class-missing',
    'error',
    ['Gateway public', 'spec.gatewayClassName', 'GatewayClass "itsio" not found', 'Did you mean "istio"?'],
  ],
  [
    'wiring/gateway-missing',
    'error',
    ['HTTPRoute web', 'spec.parentRefs[0].name', 'Gateway "pubic" not found', 'Did you mean "public"?'],
  ],
  [
    'wiring/governing-service-missing',
    'error',
    ['StatefulSet db', 'spec.serviceName', 'Service "dbs" not found', 'Did you mean "db"?'],
  ],
  [
    'wiring/ingress-backend-missing',
    'error',
    [
      'Ingress web',
      'spec.rules[0].http.paths[0].backend.service.name',
      'Service "wbe" not found',
      'Did you mean "web"?',
    ],
  ],
  [
    'wiring/ingress-class-missing',
    'error',
    ['Ingress web', 'spec.ingressClassName', 'IngressClass "ngnix" not found', 'Did you mean "nginx"?'],
  ],
  [
    'wiring/issuer-missing',
    'error',
    [
      'Certificate web',
      'spec.issuerRef.name',
      'Issuer "letsecnrypt" not found',
      'Did you mean "letsencrypt"?',
    ],
  ],
  [
    'wiring/key-missing',
    'error',
    [
      'Pod web',
      'spec.containers[0].env[0].valueFrom.configMapKeyRef.key',
      'ConfigMap "settings" has no key "LEVLE"',
      'Did you mean "LEVEL"?',
    ],
  ],
  [
    'wiring/listener-missing',
    'error',
    [
      'HTTPRoute web',
      'spec.parentRefs[0].sectionName',
      'Gateway "public" has no listener "https"',
      'Did you mean "http"?',
    ],
  ],
  [
    'wiring/mesh-host-missing',
    'error',
    [
      'VirtualService web',
      'spec.http[0].route[0].destination.host',
      'Service "wbe" not found',
      'Did you mean "web"?',
    ],
  ],
  [
    'wiring/mesh-pods-missing',
    'error',
    [
      'DestinationRule web',
      'spec.subsets[0].labels',
      'selector track=cannary matches no pods',
      'The closest match is Pod web with app=web,track=canary.',
    ],
  ],
  [
    'wiring/mesh-subset-missing',
    'error',
    [
      'VirtualService web',
      'spec.http[0].route[0].destination.subset',
      'Service "web" has no subset "v2"',
      'Did you mean "v1"?',
    ],
  ],
  [
    'wiring/network-policy-selects-nothing',
    'error',
    [
      'NetworkPolicy web',
      'spec.podSelector',
      'selector app=wbe matches no pods',
      'The closest match is Pod web with app=web.',
    ],
  ],
  [
    'wiring/object-missing',
    'error',
    [
      'ValidatingAdmissionPolicyBinding replicas',
      'spec.policyName',
      'ValidatingAdmissionPolicy "repilcas" not found',
      'Did you mean "replicas"?',
    ],
  ],
  [
    'wiring/preference-selects-nothing',
    'warning',
    [
      'Pod web',
      'spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.labelSelector',
      'selector app=wbe matches no pods',
      'The closest match is Pod web with app=web.',
    ],
  ],
  [
    'wiring/priority-class-missing',
    'error',
    ['Pod web', 'spec.priorityClassName', 'PriorityClass "urgnet" not found', 'Did you mean "urgent"?'],
  ],
  [
    'wiring/pull-secret-missing',
    'error',
    ['Pod web', 'spec.imagePullSecrets[0].name', 'Secret "regsitry" not found', 'Did you mean "registry"?'],
  ],
  [
    'wiring/rbac-role-missing',
    'error',
    ['RoleBinding web', 'roleRef.name', 'Role "raeder" not found', 'Did you mean "reader"?'],
  ],
  [
    'wiring/rbac-subject-missing',
    'error',
    ['RoleBinding web', 'subjects[0].name', 'ServiceAccount "wbe" not found', 'Did you mean "web"?'],
  ],
  [
    'wiring/route-backend-missing',
    'error',
    ['HTTPRoute web', 'spec.rules[0].backendRefs[0].name', 'Service "wbe" not found', 'Did you mean "web"?'],
  ],
  [
    'wiring/runtime-class-missing',
    'error',
    ['Pod web', 'spec.runtimeClassName', 'RuntimeClass "gvsior" not found', 'Did you mean "gvisor"?'],
  ],
  [
    'wiring/scale-target-missing',
    'error',
    [
      'HorizontalPodAutoscaler web',
      'spec.scaleTargetRef.name',
      'Deployment "wbe" not found',
      'Did you mean "web"?',
    ],
  ],
  [
    'wiring/secret-missing',
    'error',
    ['Pod web', 'spec.volumes[0].secret.secretName', 'Secret "lgoin" not found', 'Did you mean "login"?'],
  ],
  [
    'wiring/secret-store-missing',
    'error',
    [
      'ExternalSecret login',
      'spec.secretStoreRef.name',
      'SecretStore "valut" not found',
      'Did you mean "vault"?',
    ],
  ],
  [
    'wiring/service-account-missing',
    'error',
    [
      'Pod web',
      'spec.serviceAccountName',
      'ServiceAccount "web" not found',
      'Add it, or pass it with --assume if the cluster has it.',
    ],
  ],
  [
    'wiring/service-port-missing',
    'error',
    [
      'Ingress web',
      'spec.rules[0].http.paths[0].backend.service.port.number',
      'Service "web" has no port "8080"',
      'Use "http" or "80".',
    ],
  ],
  [
    'wiring/service-selects-nothing',
    'error',
    [
      'Service web',
      'spec.selector',
      'selector app=wbe matches no pods',
      'The closest match is Pod web with app=web.',
    ],
  ],
  [
    'wiring/storage-class-missing',
    'error',
    [
      'PersistentVolumeClaim data',
      'spec.storageClassName',
      'StorageClass "fats" not found',
      'Did you mean "fast"?',
    ],
  ],
  [
    'wiring/tls-secret-missing',
    'error',
    ['Ingress web', 'spec.tls[0].secretName', 'Secret "web-tsl" not found', 'Did you mean "web-tls"?'],
  ],
  [
    'wiring/volume-missing',
    'error',
    [
      'PersistentVolumeClaim data',
      'spec.volumeName',
      'PersistentVolume "dsik-1" not found',
      'Did you mean "disk-1"?',
    ],
  ],
  [
    'wiring/webhook-service-missing',
    'error',
    [
      'ValidatingWebhookConfiguration web',
      'webhooks[0].clientConfig.service.name',
      'Service "wbe" not found',
      'Did you mean "web"?',
    ],
  ],
];

for (const row of FOUND) ruleTest(...row);

test('every rule of the table is tested here', () => {
  expect(FOUND.map(([name]) => name)).toEqual(REFERENCE_RULES.map(({ name }) => name));
});
