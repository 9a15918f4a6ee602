/**
 * What is known of the Online Boutique, release v0.10.6, whoever deploys it: a row for each of its services, under the
 * name that ours has.
 */

/** A probe as the API has it, its port by number. */
export type ProbeFacts = Readonly<Record<string, unknown>>;

/** What is known of one container. */
export interface ContainerFacts {
  readonly image: string;
  readonly command?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly ports: readonly number[];
  readonly readiness?: ProbeFacts;
  readonly liveness?: ProbeFacts;
  readonly startup?: ProbeFacts;
  /** Requests and limits by resource: `100m 200m`. */
  readonly resources: Readonly<Record<string, string>>;
  readonly security: Readonly<Record<string, unknown>>;
  /** Volumes by where they are mounted, beside `/tmp`. */
  readonly volumes: Readonly<Record<string, unknown>>;
}

/** What is known of one service. */
export interface ServiceFacts extends ContainerFacts {
  readonly replicas?: number;
  /** The Services that lead to its pods: type, name, name of the port, and its number there and in the container. */
  readonly services: readonly string[];
  readonly annotations: Readonly<Record<string, string>>;
  /** Seconds to end in. */
  readonly grace?: number;
  readonly restartPolicy: string;
  /** Whether its pods run under an account of their own. */
  readonly ownAccount: boolean;
  readonly podSecurity: Readonly<Record<string, unknown>>;
  readonly init: Readonly<Record<string, ContainerFacts>>;
}

/** What holds for every container. */
const CONTAINER = {
  security: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    privileged: false,
    readOnlyRootFilesystem: true,
  },
  volumes: {},
};

/** What holds for every service, unless its row says otherwise. */
const SERVICE = {
  ...CONTAINER,
  resources: { cpu: '100m 200m', memory: '64Mi 128Mi' },
  annotations: {},
  restartPolicy: 'Always',
  ownAccount: true,
  podSecurity: { fsGroup: 1000, runAsGroup: 1000, runAsNonRoot: true, runAsUser: 1000 },
  init: {},
};

/** A gRPC service: its port, and the Service in front of it. */
const grpc = (host: string, port: number, service = port) => ({
  ports: [port],
  services: [`ClusterIP ${host} grpc ${service} ${port}`],
  readiness: { grpc: { port } },
  liveness: { grpc: { port } },
});

const image = (part: string) =>
  `us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo/${part}:v0.10.6`;

/** Two containers learn where the front end is. */
const FRONTEND_ADDR = 'boutique-frontend:80';

const askFrontend = (session: string) => ({
  httpGet: {
    path: '/_healthz',
    port: 8080,
    httpHeaders: [{ name: 'Cookie', value: `shop_session-id=${session}` }],
  },
  initialDelaySeconds: 10,
});

const MESH = { 'sidecar.istio.io/rewriteAppHTTPProbers': 'true' };

export const FACTS: Readonly<Record<string, ServiceFacts>> = {
  'boutique-ads': {
    ...SERVICE,
    ...grpc('boutique-ads', 9555),
    image: image('adservice'),
    env: { PORT: '9555' },
    resources: { cpu: '200m 300m', memory: '180Mi 300Mi' },
    readiness: { grpc: { port: 9555 }, initialDelaySeconds: 20, periodSeconds: 15 },
    liveness: { grpc: { port: 9555 }, initialDelaySeconds: 20, periodSeconds: 15 },
    grace: 5,
  },
  'boutique-cart': {
    ...SERVICE,
    ...grpc('boutique-cart', 7070),
    image: image('cartservice'),
    env: { REDIS_ADDR: 'boutique-redis:6379' },
    resources: { cpu: '200m 300m', memory: '64Mi 128Mi' },
    readiness: { grpc: { port: 7070 }, initialDelaySeconds: 15 },
    liveness: { grpc: { port: 7070 }, initialDelaySeconds: 15, periodSeconds: 10 },
    grace: 5,
  },
  'boutique-catalog': {
    ...SERVICE,
    ...grpc('boutique-catalog', 3550),
    image: image('productcatalogservice'),
    env: { PORT: '3550', DISABLE_PROFILER: '1' },
    grace: 5,
  },
  'boutique-checkout': {
    ...SERVICE,
    ...grpc('boutique-checkout', 5050),
    image: image('checkoutservice'),
    env: {
      PORT: '5050',
      PRODUCT_CATALOG_SERVICE_ADDR: 'boutique-catalog:3550',
      SHIPPING_SERVICE_ADDR: 'boutique-shipping:50051',
      PAYMENT_SERVICE_ADDR: 'boutique-payment:50051',
      EMAIL_SERVICE_ADDR: 'boutique-email:5000',
      CURRENCY_SERVICE_ADDR: 'boutique-currency:7000',
      CART_SERVICE_ADDR: 'boutique-cart:7070',
    },
  },
  'boutique-currency': {
    ...SERVICE,
    ...grpc('boutique-currency', 7000),
    image: image('currencyservice'),
    env: { PORT: '7000', DISABLE_PROFILER: '1' },
    grace: 5,
  },
  'boutique-email': {
    ...SERVICE,
    ...grpc('boutique-email', 8080, 5000),
    image: image('emailservice'),
    env: { PORT: '8080', DISABLE_PROFILER: '1' },
    readiness: { grpc: { port: 8080 }, periodSeconds: 5 },
    liveness: { grpc: { port: 8080 }, periodSeconds: 5 },
    grace: 5,
  },
  'boutique-frontend': {
    ...SERVICE,
    image: image('frontend'),
    ports: [8080],
    services: [
      'ClusterIP boutique-frontend http 80 8080',
      'LoadBalancer boutique-frontend-external http 80 8080',
    ],
    env: {
      PORT: '8080',
      PRODUCT_CATALOG_SERVICE_ADDR: 'boutique-catalog:3550',
      CURRENCY_SERVICE_ADDR: 'boutique-currency:7000',
      CART_SERVICE_ADDR: 'boutique-cart:7070',
      RECOMMENDATION_SERVICE_ADDR: 'boutique-recommendation:8080',
      SHIPPING_SERVICE_ADDR: 'boutique-shipping:50051',
      CHECKOUT_SERVICE_ADDR: 'boutique-checkout:5050',
      AD_SERVICE_ADDR: 'boutique-ads:9555',
      SHOPPING_ASSISTANT_SERVICE_ADDR: 'shoppingassistantservice:80',
      ENABLE_PROFILER: '0',
    },
    readiness: askFrontend('x-readiness-probe'),
    liveness: askFrontend('x-liveness-probe'),
    annotations: MESH,
  },
  'boutique-load': {
    ...SERVICE,
    image: image('loadgenerator'),
    ports: [],
    services: [],
    replicas: 1,
    env: { FRONTEND_ADDR, USERS: '10', RATE: '1' },
    resources: { cpu: '300m 500m', memory: '256Mi 512Mi' },
    annotations: MESH,
    grace: 5,
    init: {
      'frontend-check': {
        ...CONTAINER,
        image: 'busybox:1.38.0@sha256:fd8d9aa63ba2f0982b5304e1ee8d3b90a210bc1ffb5314d980eb6962f1a9715d',
        command: [
          '/bin/sh',
          '-exc',
          [
            'MAX_RETRIES=12',
            'RETRY_INTERVAL=10',
            'for i in $(seq 1 $MAX_RETRIES); do',
            '  echo "Attempt $i: Pinging frontend: ${FRONTEND_ADDR}..."',
            `  STATUSCODE=$(wget --server-response http://\${FRONTEND_ADDR} 2>&1 | awk '/^  HTTP/{print $2}')`,
            '  if [ $STATUSCODE -eq 200 ]; then',
            '      echo "Frontend is reachable."',
            '      exit 0',
            '  fi',
            '  echo "Error: Could not reach frontend - Status code: ${STATUSCODE}"',
            '  sleep $RETRY_INTERVAL',
            'done',
            'echo "Failed to reach frontend after $MAX_RETRIES attempts."',
            'exit 1',
            '',
          ].join('\n'),
        ],
        env: { FRONTEND_ADDR },
        ports: [],
        resources: {},
      },
    },
  },
  'boutique-payment': {
    ...SERVICE,
    ...grpc('boutique-payment', 50051),
    image: image('paymentservice'),
    env: { PORT: '50051', DISABLE_PROFILER: '1' },
    grace: 5,
  },
  'boutique-recommendation': {
    ...SERVICE,
    ...grpc('boutique-recommendation', 8080),
    image: image('recommendationservice'),
    env: { PORT: '8080', PRODUCT_CATALOG_SERVICE_ADDR: 'boutique-catalog:3550', DISABLE_PROFILER: '1' },
    resources: { cpu: '100m 200m', memory: '220Mi 450Mi' },
    readiness: { grpc: { port: 8080 }, periodSeconds: 5 },
    liveness: { grpc: { port: 8080 }, periodSeconds: 5 },
    grace: 5,
  },
  'boutique-redis': {
    ...SERVICE,
    image: 'redis:alpine',
    env: {},
    ports: [6379],
    services: ['ClusterIP boutique-redis tcp-redis 6379 6379'],
    resources: { cpu: '70m 125m', memory: '200Mi 256Mi' },
    readiness: { tcpSocket: { port: 6379 }, periodSeconds: 5 },
    liveness: { tcpSocket: { port: 6379 }, periodSeconds: 5 },
    volumes: { '/data': { emptyDir: {} } },
  },
  'boutique-shipping': {
    ...SERVICE,
    ...grpc('boutique-shipping', 50051),
    image: image('shippingservice'),
    env: { PORT: '50051', DISABLE_PROFILER: '1' },
    readiness: { grpc: { port: 50051 }, periodSeconds: 5 },
  },
};
