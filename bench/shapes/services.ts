import { deployment, many, object, service, type Shape } from './shape';
import { NETWORK, policy, app } from './network';

/** Services and Ingresses. */
export const SERVICE_SHAPES: readonly Shape[] = [
  {
    name: 'Services of the same pods',
    objects: (n, side) => [
      ...many(n, (i) =>
        deployment(`w${i}`, { labels: { app: 'one' }, image: `registry.example/app:${side}` }),
      ),
      ...many(n, (i) => service(`s${i}`, { app: 'one' })),
    ],
  },
  {
    name: 'Services of the same pods whose ports are missing',
    objects: (n, side) => [
      ...many(n, (i) => deployment(`w${i}`, { labels: { app: 'one' } })),
      ...many(n, (i) => service(`s${i}`, { app: side === 'a' ? 'one' : 'two' }, { ports: [{ port: 81 }] })),
      ...many(n, (i) => service(`t${i}`, { app: 'one' }, { ports: [{ port: 80, targetPort: 'web' }] })),
    ],
  },
  {
    name: 'load balancers of the same pods under policies',
    objects: (n, side) => [
      ...many(n, (i) => deployment(`w${i}`, { labels: { app: 'one' } })),
      ...many(n, (i) =>
        service(`s${i}`, { app: 'one' }, { type: side === 'a' ? 'ClusterIP' : 'LoadBalancer' }),
      ),
      ...many(n, (i) => policy(`p${i}`, { policyTypes: ['Ingress'], ingress: [{ from: [app(`w${i}`)] }] })),
    ],
  },
  {
    name: 'Services that select other pods',
    objects: (n, side) => [
      ...many(n, (i) => deployment(`w${i}`, { labels: { app: `w${i}`, release: side } })),
      ...many(n, (i) => service(`s${i}`, { release: side })),
    ],
  },
  {
    name: 'a Service of many ports, and Ingresses to each',
    objects: (n, side) => [
      deployment('w'),
      service(
        's',
        { app: 'w' },
        { ports: many(n, (i) => ({ name: `p${i}`, port: i + 1, targetPort: 'http' })) },
      ),
      ...many(n, (i) =>
        object(NETWORK, 'Ingress', `i${i}`, {
          spec: {
            rules: [
              {
                host: `h${i}.example`,
                http: {
                  paths: [
                    {
                      path: '/',
                      pathType: 'Prefix',
                      backend: { service: { name: 's', port: { name: side === 'a' ? `p${i}` : `q${i}` } } },
                    },
                  ],
                },
              },
            ],
          },
        }),
      ),
    ],
  },
  {
    name: 'Ingresses of one host',
    objects: (n, side) => [
      deployment('w'),
      service('s', { app: 'w' }),
      ...many(n, (i) =>
        object(NETWORK, 'Ingress', `i${i}`, {
          spec: {
            rules: [
              {
                host: side === 'a' ? `h${i}.example` : 'h.example',
                http: {
                  paths: [
                    {
                      path: '/',
                      pathType: 'Prefix',
                      backend: { service: { name: 's', port: { number: 80 } } },
                    },
                  ],
                },
              },
            ],
          },
        }),
      ),
    ],
  },
  {
    name: 'an Ingress of many hosts',
    objects: (n, side) => [
      deployment('w'),
      service('s', { app: 'w' }),
      object(NETWORK, 'Ingress', 'i', {
        spec: {
          tls: many(n, (i) => ({ hosts: [`h${i}.example`], secretName: `tls${i}` })),
          rules: many(n, (i) => ({
            host: `h${i}.${side}.example`,
            http: {
              paths: [
                { path: '/', pathType: 'Prefix', backend: { service: { name: 's', port: { number: 80 } } } },
              ],
            },
          })),
        },
      }),
    ],
  },
];
