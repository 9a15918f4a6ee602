import { ruleTest, unproven, type Case } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/host-unknown',
  'error',
  [
    'Pod web',
    'spec.containers[0].env[0].value',
    'host "order.default.svc": Service "order" not found',
    'Did you mean "orders"?',
  ],
  ({ failing, passing, found }) => {
    const url = 'http://order.default.svc:8080/';
    /** The Service in a namespace of its own. */
    const elsewhere = (value: string, key: string): string =>
      failing(
        'metadata: { name: orders }',
        'metadata: { name: orders, namespace: shop }',
        'metadata: { name: web }',
        'metadata: { name: web, namespace: ops }',
        `value: '${url}'`,
        value,
        'ORDERS_URL',
        key,
      );
    const missing = (host: string, name = 'order') =>
      found(undefined, `host "${host}": Service "${name}" not found`);
    return [
      [
        'in all forms',
        failing(url, 'order.default.svc.cluster.local.'),
        [missing('order.default.svc.cluster.local')],
      ],
      ['in a URL without a domain, a letter off', failing(url, 'http://order:8080'), [missing('order')]],
      ['with another port than the near one has', failing(url, 'http://order:9090'), []],
      ['a name without a domain that is like none', failing(url, 'http://minio:8080'), []],
      ...(
        [
          ['two letters off in a long word', 'http://shop-inventryo', 'shop-inventryo'],
          ['without the name of the chart before it', 'http://inventory/v1', 'inventory'],
          ['on the port of the Service', 'http://inventory:8080/v1', 'inventory'],
        ] as const
      ).map(([how, value, host]): Case => {
        const text = `host "${host}": Service "${host}" not found, but other manifests may have it`;
        const [edited, there] = [failing(url, value), 'name: shop-inventory }'];
        return [
          `in a URL, ${how}`,
          edited.replace('name: orders }', there),
          how.startsWith('two')
            ? [
                unproven(
                  found(
                    undefined,
                    `host "${host}": Service "${host}" not found`,
                    'Did you mean "shop-inventory"?',
                  ),
                ),
              ]
            : [unproven(found(undefined, text, 'Did you mean "shop-inventory"?'))],
        ];
      }),
      ...['http://inventory:9090', 'http://localhost', 'http://x.inventory', 'inventory'].map(
        (value): Case => [
          `${value}, which may be anything`,
          failing(url, value, 'ORDERS_URL', 'MODE').replace('name: orders }', 'name: shop-inventory }'),
          [],
        ],
      ),
      [
        'a name that a file gives to what it calls',
        `apiVersion: v1
kind: ConfigMap
metadata: { name: nginx }
data: { default.conf: 'location / { proxy_pass http://orders/; }' }
---
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers: [{ name: web, image: 'a:1', volumeMounts: [{ name: c, mountPath: /etc/nginx }] }]
  volumes: [{ name: c, configMap: { name: nginx } }]
---
apiVersion: v1
kind: Service
metadata: { name: shop-orders }
spec: { ports: [{ port: 80 }] }
`,
        [],
      ],
      ...(
        [
          [
            'of a trigger, by its short name',
            {},
            'keda',
            ', but KEDA may run in another namespace than "keda"',
          ],
          [
            'of a trigger, where the profile says where KEDA is',
            { keda: { namespace: 'scaling' } },
            'scaling',
            '',
          ],
        ] as const
      ).map(([how, profile, namespace, doubt]): Case => {
        const object = `${passing('metadata: { name: orders }', 'metadata: { name: orders, namespace: shop }', "value: 'http://orders.default.svc:8080/'", 'value: none')}---\napiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: { name: web, namespace: shop }\nspec: { scaleTargetRef: { name: web }, triggers: [{ type: redis, metadata: { listName: orders, address: 'orders:8080' } }] }\n`;
        const host = found(
          'spec.triggers[0].metadata[address]',
          `host "orders": Service "orders" in namespace "${namespace}" not found${doubt}`,
          'Did you mean "orders.shop"?',
          'ScaledObject shop/web',
        );
        return [how, object, [doubt === '' ? host : unproven(host)], { profile }];
      }),
      [
        'the end of the names of two Services',
        `${failing(url, 'http://orders', 'name: orders }', 'name: a-orders }')}---\napiVersion: v1\nkind: Service\nmetadata: { name: b-orders }\nspec: { ports: [{ port: 80 }] }\n`,
        [],
      ],
      ['a word', failing(url, 'order'), [missing('order')]],
      ['a word of something else', failing(url, 'order', 'ORDERS_URL', 'MODE'), []],
      [
        'a name that is like none',
        failing(url, 'http://minio.default.svc'),
        [
          unproven(
            found(
              undefined,
              'host "minio.default.svc": Service "minio" not found, but other manifests may have it',
              'Pass it with --assume if the cluster has it.',
            ),
          ),
        ],
      ],
      ['a Service of another namespace', failing(url, 'http://order.other.svc'), []],
      ...(
        [
          ['in a URL', 'value: http://orders:8080'],
          ['as a host', 'value: orders', 'ORDERS_HOST'],
          ['on one of its ports', 'value: "orders:8080"'],
        ] as const
      ).map(([how, value, key = 'ORDERS_URL']): Case => {
        const host = found(
          undefined,
          'host "orders": Service "orders" in namespace "ops" not found',
          'Did you mean "orders.shop"?',
          'Pod ops/web',
        );
        return [`a Service of another namespace by its short name, ${how}`, elsewhere(value, key), [host]];
      }),
      ['a short name on a port that it does not have', elsewhere('value: http://orders:9090', 'A'), []],
      ['a word', elsewhere('value: orders', 'MODE'), []],
      ['a name with its namespace', elsewhere('value: http://orders.shop:8080', 'A'), []],
      ['a Service of the system', failing(url, 'http://metrics.kube-system.svc'), []],
      ['a Service of every cluster', failing(url, 'https://kubernetes.default.svc'), []],
      [
        'a Service that a chart may make',
        failing(url, 'http://minio.default.svc') +
          '---\napiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: minio, namespace: default }\nspec: { chart: { spec: { chart: minio } } }\n',
        [
          unproven(
            found(
              undefined,
              'host "minio.default.svc": Service "minio" not found, but HelmRelease default/minio may create it',
              'Pass it with --assume if the cluster has it.',
            ),
          ),
        ],
      ],
      [
        'a name outside, as a Service has it',
        passing('selector: { app: orders }, ', 'type: ExternalName, externalName: orders.example, '),
        [],
      ],
      [
        'a pod of a headless Service',
        passing('{ selector', "{ clusterIP: 'None', selector", 'http://orders.', 'http://orders-0.orders.'),
        [],
      ],
      [
        'an alias of the pod',
        failing(
          url,
          'http://order:8080',
          'spec:\n  containers',
          "spec:\n  hostAliases: [{ ip: '10.0.0.1', hostnames: [order] }]\n  containers",
        ),
        [],
      ],
      [
        'a Service that is assumed',
        failing(url, 'http://minio.default.svc'),
        [],
        {
          assume:
            'apiVersion: v1\nkind: Service\nmetadata: { name: minio }\nspec: { ports: [{ port: 80 }] }\n',
        },
      ],
    ];
  },
);
