import { ruleTest, unproven, type Found } from '../../../../test/check/rule-test';

const MESSAGE = 'connects to Service "orders" on port 8080/TCP, and NetworkPolicy orders does not let it in';
const INGRESS =
  'ingress: [{ from: [{ podSelector: { matchLabels: { app: orders } } }], ports: [{ port: 8080 }] }]';
const LET_IN = INGRESS.replace('orders', 'web');
const HINT = 'Allow app=web and port 8080/TCP in spec.ingress of NetworkPolicy orders.';

ruleTest(
  'wiring/connection-blocked',
  'error',
  ['Pod web', 'spec.containers[0].env[0].value', MESSAGE, HINT],
  ({ failing, passing, found }) => {
    const from = (peer: string): string => failing(INGRESS, `ingress: [{ from: [${peer}] }]`);
    const value = "value: 'http://orders/v1'";
    const egress = (rule: string): string =>
      passing(LET_IN, 'ingress: [{}]') +
      `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: web }\nspec: { podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: [${rule}] }\n`;
    const out = found(
      undefined,
      'connects to Service "orders" on port 8080/TCP, and NetworkPolicy web does not let it out',
      'Allow app=orders and port 8080/TCP in spec.egress of NetworkPolicy web.',
    );
    const mesh = (rules: string, inject = "sidecar.istio.io/inject: 'true'"): string =>
      passing(LET_IN, 'ingress: [{}]').replace(
        'labels: { app: orders } }',
        `labels: { app: orders, ${inject} } }`,
      ) +
      `---\napiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: orders }\nspec: { selector: { matchLabels: { app: orders } }${rules} }\n`;
    const refused = found(
      undefined,
      'connects to Service "orders" on port 8080/TCP, and AuthorizationPolicy orders does not allow it',
      'Allow principals: ["cluster.local/ns/default/sa/default"] and port 8080 in spec.rules of AuthorizationPolicy orders.',
    );
    const principals = (name: string): string =>
      mesh(`, rules: [{ from: [{ source: { principals: ['${name}'] } }] }]`);
    const deny = (rule: string): string => mesh(`, action: DENY, rules: [${rule}]`);
    const denied = found(
      undefined,
      'connects to Service "orders" on port 8080/TCP, and AuthorizationPolicy orders denies it',
      'Leave out principals: ["cluster.local/ns/default/sa/default"] or port 8080 in spec.rules of AuthorizationPolicy orders.',
    );
    const linkerd = (access = '', port = 8080): string =>
      passing(LET_IN, 'ingress: [{}]').replace(
        'labels: { app: orders } }',
        'labels: { app: orders }, annotations: { linkerd.io/inject: enabled } }',
      ) +
      `---\napiVersion: policy.linkerd.io/v1beta3\nkind: Server\nmetadata: { name: orders }\nspec: { podSelector: { matchLabels: { app: orders } }, port: ${port}, ${access} }\n`;
    const closed = found(
      undefined,
      'connects to Service "orders" on port 8080/TCP, and Server orders does not allow it',
      'Allow ServiceAccount default of namespace default in an AuthorizationPolicy of Server orders.',
    );
    const allow = (who: string): string =>
      '---\napiVersion: policy.linkerd.io/v1alpha1\nkind: AuthorizationPolicy\nmetadata: { name: orders }\nspec: { targetRef: { group: policy.linkerd.io, kind: Server, name: orders }, requiredAuthenticationRefs: [{ group: policy.linkerd.io, kind: MeshTLSAuthentication, name: orders }] }\n' +
      `---\napiVersion: policy.linkerd.io/v1alpha1\nkind: MeshTLSAuthentication\nmetadata: { name: orders }\nspec: { ${who} }\n`;
    const keda = (host: string, ingress = INGRESS): string =>
      `${failing(INGRESS, ingress, value, 'value: none')}---\napiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: { name: web }\nspec: { scaleTargetRef: { name: web }, triggers: [{ type: rabbitmq, metadata: { queueName: q, vhostName: orders, host: '${host}' } }] }\n`;
    const byKeda = (namespace: string, how: (each: Found) => Found = (each) => each): Found =>
      how([
        'ScaledObject web',
        'spec.triggers[0].metadata[host]',
        `Deployment ${namespace}/keda-operator connects to Service "orders" in namespace "default" on port 8080/TCP, and NetworkPolicy orders does not let it in${how === unproven ? ', but KEDA may run in another namespace than "keda"' : ''}`,
        `Allow namespace "${namespace}" and port 8080/TCP in spec.ingress of NetworkPolicy orders.`,
      ]);
    const ofNamespace = (name: string): string =>
      INGRESS.replace(
        '{ podSelector',
        `{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${name} } } }, { podSelector`,
      );
    const there = 'http://orders.default/v1';
    const profile = { keda: { namespace: 'scaling' } };
    return [
      ['KEDA, which is usually in a namespace of its own', keda(there), [byKeda('keda', unproven)]],
      ['KEDA where the profile says it is', keda(there), [byKeda('scaling')], { profile }],
      [
        'KEDA where its Deployment is',
        keda(there),
        [byKeda('ops')],
        {
          assume:
            'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: keda-operator, namespace: ops }\nspec: { template: { metadata: { labels: { app: keda-operator } }, spec: { containers: [{ name: o }] } } }\n',
        },
      ],
      ['KEDA in its namespace', keda(there, ofNamespace('keda')), []],
      ['KEDA in a namespace that is called so', keda(there, ofNamespace('keda-system')), []],
      ['KEDA in the namespace of the profile', keda(there, ofNamespace('scaling')), [], { profile }],
      [
        'another namespace than that of KEDA',
        keda(there, ofNamespace('keda')),
        [byKeda('scaling')],
        { profile },
      ],
      [
        'KEDA in the namespace of the policy, which may allow it',
        keda('http://orders/v1'),
        [],
        { profile: { keda: { namespace: 'default' } } },
      ],
      ['a host of KEDA outside', keda('http://orders.acme.example/v1'), []],
      ['a policy of the mesh without rules', mesh(''), [refused]],
      ['another account', principals('cluster.local/ns/default/sa/other'), [refused]],
      ['another namespace', mesh(', rules: [{ from: [{ source: { namespaces: [shop] } }] }]'), [refused]],
      [
        'another port of the mesh',
        mesh(", rules: [{ to: [{ operation: { ports: ['9090'] } }] }]"),
        [refused],
      ],
      [
        'pods that may not be in the mesh',
        mesh('', 'part: a'),
        [unproven(found(undefined, `${refused[2]}, but the pods may not be in the mesh`, refused[3]))],
      ],
      ['the account', principals('cluster.local/ns/default/sa/default'), []],
      ['the account in another trust domain', principals('acme/ns/default/sa/default'), []],
      ['the end of its name', principals('*/sa/default'), []],
      ['the beginning of its name', principals('cluster.local/ns/default/*'), []],
      ['all accounts', principals('*'), []],
      ['its namespace', mesh(', rules: [{ from: [{ source: { namespaces: [default] } }] }]'), []],
      ['addresses', mesh(', rules: [{ from: [{ source: { ipBlocks: [10.0.0.0/8] } }] }]'), []],
      [
        'a path, which the request may have',
        mesh(", rules: [{ to: [{ operation: { paths: ['/v2'] } }] }]"),
        [],
      ],
      ['a policy that denies, without rules', mesh(', action: DENY'), []],
      ['a rule that denies everything', deny('{}'), [denied]],
      [
        'a rule that denies other namespaces',
        deny('{ from: [{ source: { notNamespaces: [shop] } }] }'),
        [denied],
      ],
      ['a rule that denies the port', deny("{ to: [{ operation: { ports: ['8080'] } }] }"), [denied]],
      ['a rule that denies another port', deny("{ to: [{ operation: { notPorts: ['8080'] } }] }"), []],
      ['a rule that denies others', deny('{ from: [{ source: { notNamespaces: [default] } }] }'), []],
      ['a rule that denies a path', deny("{ to: [{ operation: { paths: ['/admin'] } }] }"), []],
      ['a rule that denies by a condition', deny('{ when: [{ key: source.ip, values: [10.0.0.1] }] }'), []],
      [
        'a rule that denies its account, which it may not have',
        deny("{ from: [{ source: { principals: ['*/sa/default'] } }] }"),
        [],
      ],
      [
        'a rule that denies its account, which it has',
        deny("{ from: [{ source: { principals: ['*/sa/default'] } }] }").replace(
          'labels: { app: web }',
          "labels: { app: web, sidecar.istio.io/inject: 'true' }",
        ),
        [denied],
      ],
      ['a Server of Linkerd that nobody may call', linkerd(), [closed]],
      ['a Server that is open', linkerd('accessPolicy: all-unauthenticated'), []],
      ['a Server of another port', linkerd('', 9090), []],
      [
        'pods that may have no proxy of Linkerd',
        linkerd().replace('annotations: { linkerd.io/inject: enabled }', 'annotations: {}'),
        [unproven(found(undefined, `${closed[2]}, but the pods may not be in the mesh`, closed[3]))],
      ],
      [
        'another account of Linkerd',
        linkerd() + allow('identityRefs: [{ kind: ServiceAccount, name: other }]'),
        [closed],
      ],
      [
        'another namespace of Linkerd',
        linkerd() + allow('identityRefs: [{ kind: Namespace, name: shop }]'),
        [closed],
      ],
      [
        'identities of others',
        linkerd() + allow("identities: ['*.shop.serviceaccount.identity.linkerd.cluster.local']"),
        [closed],
      ],
      [
        'the account for Linkerd',
        linkerd() + allow('identityRefs: [{ kind: ServiceAccount, name: default }]'),
        [],
      ],
      [
        'its namespace for Linkerd',
        linkerd() + allow('identityRefs: [{ kind: Namespace, name: default }]'),
        [],
      ],
      [
        'its identity',
        linkerd() + allow("identities: ['default.default.serviceaccount.identity.linkerd.cluster.local']"),
        [],
      ],
      ['all identities', linkerd() + allow("identities: ['*']"), []],
      [
        'an authentication that is not there',
        linkerd() + ('---' + (allow('identities: [a]').split('---')[1] ?? '')),
        [],
      ],
      [
        'a ServerAuthorization',
        linkerd() +
          '---\napiVersion: policy.linkerd.io/v1beta1\nkind: ServerAuthorization\nmetadata: { name: a }\nspec: { server: { name: orders }, client: { unauthenticated: true } }\n',
        [],
      ],
      [
        'a Service with a waypoint',
        mesh('').replace(
          'metadata: { name: orders }',
          'metadata: { name: orders, labels: { istio.io/use-waypoint: edge } }',
        ),
        [],
      ],
      ['nobody is let in', failing(INGRESS, 'ingress: []'), [found()]],
      [
        'the port of the Service, and not that of the pods',
        passing(LET_IN, LET_IN.replace('8080', '80')),
        [found()],
      ],
      ['all are let in', failing(INGRESS, 'ingress: [{}]'), []],
      ['an address is let in, which may be that of the pod', from('{ ipBlock: { cidr: 10.0.0.0/8 } }'), []],
      ['of another protocol', passing('port: 8080 }] }]', 'port: 8080, protocol: UDP }] }]'), [found()]],
      [
        'a second policy allows it',
        failing() +
          '---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: open }\nspec: { podSelector: {}, ingress: [{}] }\n',
        [],
      ],
      ['the client may call nothing', egress(''), [out]],
      [
        'the client may call another port',
        egress('{ to: [{ podSelector: { matchLabels: { app: orders } } }], ports: [{ port: 80 }] }'),
        [out],
      ],
      ['the client may call it', egress('{ to: [{ podSelector: {} }], ports: [{ port: 8080 }] }'), []],
      ['a host and a port', failing(value, "value: 'orders:80'"), [found()]],
      ['a port that the Service does not have', failing(value, "value: 'orders:8080'"), []],
      ['a name in full', failing(value, "value: 'orders.default.svc.cluster.local'"), [found()]],
      ['a word of something else', failing(value, "value: 'orders'", 'ORDERS_URL', 'QUEUE'), []],
      [
        'hosts that are let in',
        failing(value, "value: 'orders.default.svc'", 'ORDERS_URL', 'ALLOWED_HOSTS'),
        [],
      ],
      [
        'a port of a variable',
        failing(
          `{ name: ORDERS_URL, ${value} }`,
          "{ name: ORDERS_HOST, value: orders }, { name: ORDERS_PORT, value: '80' }",
        ),
        [found()],
      ],
      [
        'an argument',
        failing(`env: [{ name: ORDERS_URL, ${value} }]`, "args: ['--orders', 'http://orders/']"),
        [found('spec.containers[0].args[1]')],
      ],
      [
        'a ConfigMap of variables',
        failing(`env: [{ name: ORDERS_URL, ${value} }]`, 'envFrom: [{ configMapRef: { name: settings } }]') +
          '---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { ORDERS_URL: http://orders }\n',
        [found('data[ORDERS_URL]', `Pod web ${MESSAGE}`, undefined, 'ConfigMap settings')],
      ],
      [
        'a file of a ConfigMap',
        failing(
          `{ containers: [{ name: web, image: 'acme/web:1', env: [{ name: ORDERS_URL, ${value} }] }] }`,
          "{ volumes: [{ name: a, configMap: { name: settings } }], containers: [{ name: web, image: 'acme/web:1' }] }",
        ) +
          '---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { nginx.conf: "proxy_pass http://orders;" }\n',
        [found('data[nginx.conf]', `Pod web ${MESSAGE}`, undefined, 'ConfigMap settings')],
      ],
      [
        'a server on the network of its node',
        failing('containers: [{ name: orders', 'hostNetwork: true, containers: [{ name: orders'),
        [],
      ],
      [
        'a client on the network of its node',
        failing('containers: [{ name: web', 'hostNetwork: true, containers: [{ name: web'),
        [
          unproven(
            found(
              undefined,
              `${MESSAGE}, but network plugins differ in what they let in from the network of a node`,
            ),
          ),
        ],
      ],
      [
        'a namespace whose labels are not known',
        from('{ namespaceSelector: { matchLabels: { team: shop } } }'),
        [unproven(found(undefined, `${MESSAGE}, but the labels of namespace "default" are unknown`))],
      ],
      [
        'a policy of a network plugin',
        failing() +
          '---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: open }\nspec: { endpointSelector: {} }\n',
        [unproven(found(undefined, `${MESSAGE}, but CiliumNetworkPolicy "open" may allow it`))],
      ],
      [
        'some of the pods are closed',
        failing(
          'matchLabels: { app: orders } }\n  ingress',
          'matchLabels: { part: old } }\n  ingress',
        ).replace('labels: { app: orders } }', 'labels: { app: orders, part: old } }') +
          '---\napiVersion: v1\nkind: Pod\nmetadata: { name: more, labels: { app: orders } }\nspec: { containers: [{ name: a, image: acme/a:1, ports: [{ containerPort: 8080 }] }] }\n',
        [unproven(found(undefined, `${MESSAGE} to Pod orders, one of those behind it`))],
      ],
      [
        'some of the pods have a port of another name',
        failing(
          'targetPort: 8080',
          'targetPort: web',
          'containerPort: 8080',
          'name: web, containerPort: 8080',
        ) +
          '---\napiVersion: v1\nkind: Pod\nmetadata: { name: more, labels: { app: orders } }\nspec: { containers: [{ name: a, image: acme/a:1, ports: [{ name: other, containerPort: 8080 }] }] }\n',
        [unproven(found(undefined, `${MESSAGE} to Pod orders, one of those behind it`))],
      ],
      [
        'a headless Service by a scheme, whose port is that of the pods',
        failing('selector', 'clusterIP: None, selector', value, "value: 'redis://orders/1'"),
        [found(undefined, MESSAGE.replace('8080', '6379'), HINT.replace('8080', '6379'))],
      ],
      [
        'a headless Service by a scheme, another port of which is open',
        passing('selector', 'clusterIP: None, selector', value, "value: 'redis://orders/1'"),
        [],
      ],
      ['a Service without pods', failing('selector: { app: orders }', 'selector: { app: other }'), []],
      ['a client that is the server', failing('selector: { app: orders }', 'selector: { app: web }'), []],
    ];
  },
);
