import type { Construct } from 'constructs';
import type {
  CloudIdentity,
  EnvFrom,
  MigrationProps,
  NamespaceProps,
  Replicas,
  WebServiceProps,
} from 'seaworthy';
import {
  canary,
  Chart,
  cidr,
  ConfigMap,
  Environment,
  group,
  internet,
  Migration,
  Namespace,
  pause,
  RoleBinding,
  Route,
  WebService,
} from 'seaworthy';
import type { ArchiveProps } from './archive';
import { Archive } from './archive';
import { Couriers } from './couriers';
import { Database } from './database';
import { priorities } from './foundation';
import { Fulfilment } from './fulfilment';
import { images, pullSecrets } from './images';
import { Invoices } from './invoices';
import { paymentsLogin } from './payments';
import { Recommender } from './recommender';
import { Storefront } from './storefront';

export interface ShopProps {
  /** Where customers find it: `shop.example`; the API is `api.` below it. */
  readonly host: string;
  readonly logLevel: 'debug' | 'info';
  /** Whether customers buy here: then payments are real, and search engines may come. */
  readonly live: boolean;
  /** How many of each service that customers wait for. */
  readonly replicas: Replicas;
  /** Size of the database's disk: `20Gi`. */
  readonly databaseSize: string;
  /** Store that holds the secrets. */
  readonly secretStore: string;
  /** Whether there are recommendations, for which the cluster needs a node pool `gpu`. @default false */
  readonly recommends?: boolean;
  /** As whom invoices are stored in the cloud. @default nobody */
  readonly identity?: CloudIdentity;
  /** Where orders of the shop before this one are. @default there was none */
  readonly archive?: ArchiveProps;
  /** Addresses of those who ask the database by hand, in a network that reaches pods. @default nobody does */
  readonly analysts?: string;
}

/** Where customers buy, somebody is woken up, and a release that fails is taken back. */
const LIVE: Pick<WebServiceProps, 'alerts' | 'rollout'> = {
  alerts: ['errors', 'latency', 'restarts', 'replicas', 'autoscaler'],
  rollout: canary(['5%', pause('10m'), '25%', pause('10m')], { abortOn: ['errors', 'latency'] }),
};

/** What keeps a mistake from spreading to others in the cluster. */
const GUARD_RAILS: NamespaceProps = {
  podSecurity: 'restricted',
  quota: { pods: 200, 'requests.storage': '4Ti' },
  limits: { defaultRequest: { cpu: '10m', memory: '32Mi' }, max: { memory: '16Gi' } },
};

/** The shop with all that it needs in its cluster. */
export class Shop extends Chart {
  constructor(scope: Construct, id: string, props: ShopProps) {
    super(scope, id, { namespace: 'shop', isolated: true, defaults: { imagePullSecrets: pullSecrets } });
    const { host, live, replicas, secretStore } = props;
    new Namespace(this, 'namespace', { name: 'shop', ...GUARD_RAILS });
    new RoleBinding(this, 'support', { role: 'view', subjects: [group('shop-support')] });
    const database = new Database(this, 'db', { size: props.databaseSize, secretStore });
    const settings = new ConfigMap(this, 'settings', {
      data: { LOG_LEVEL: props.logLevel, SHOP_URL: `https://${host}` },
    });
    const api = this.addApi(props, database, settings);
    const worker = new Fulfilment(this, 'worker', {
      secretStore,
      env: database.connection,
      envFrom: [settings],
      identity: props.identity,
    });
    const migration = this.addMigration(database, [api, worker]);
    if (Environment.of(this)?.has('keda') === true)
      new Invoices(this, 'invoices', { database, identity: props.identity });
    const web = new Storefront(this, 'web', { api, replicas, listed: live });
    const couriers = new Couriers(this, 'couriers', { api });
    const paths = { '/': web, '/parcels': couriers };
    new Route(this, 'edge', { host: [host, `www.${host}`], tls: true, paths });
    if (props.analysts !== undefined) database.server.allowFrom(cidr(props.analysts), { port: 'postgres' });
    for (const client of [migration, api, worker]) client.connectsTo(database.server);
  }

  /** Brings the tables up to date, before anything of the release runs on them. */
  private addMigration({ connection, server }: Database, before: MigrationProps['before']): Migration {
    return new Migration(this, 'migration', {
      image: images.api,
      args: ['migrate'],
      env: connection,
      initContainers: {
        'wait-for-db': {
          image: images.postgres,
          command: ['/bin/sh', '-c', `until pg_isready --host=${server.host}; do sleep 2; done`],
          resources: { cpu: '10m', memory: { request: '16Mi', limit: '32Mi' } },
          containerSecurity: { runAsUser: 999 }, // by itself the image is root
        },
      },
      resources: { cpu: '100m', memory: { request: '128Mi', limit: '256Mi' } },
      before,
      activeDeadline: 1800,
      backoffLimit: 3,
    });
  }

  private addApi(props: ShopProps, { connection }: Database, settings: EnvFrom): WebService {
    const recommender = props.recommends === true ? new Recommender(this, 'recommender') : undefined;
    const api = new WebService(this, 'api', {
      image: images.api,
      args: ['serve'],
      ports: { http: { port: 8080, service: 80 }, metrics: 9090 },
      replicas: props.replicas,
      envFrom: [settings],
      ...(props.archive !== undefined && {
        storage: { '/archive': { claim: new Archive(this, 'archive', props.archive).claim, readOnly: true } },
      }),
      env: {
        ...connection,
        PAYMENTS_TOKEN: paymentsLogin(this, 'payments', props).key('token'),
        ...(recommender === undefined ? {} : { RECOMMENDER_ADDRESS: recommender.address }),
        POD_NAME: { field: 'metadata.name' },
        GOMEMLIMIT: { resource: 'limits.memory' },
      },
      resources: { cpu: '250m', memory: { request: '256Mi', limit: '512Mi' } },
      probe: { http: '/healthz' },
      // Time for load balancers to look elsewhere, and for requests under way.
      lifecycle: { preStop: { sleep: 10 } },
      terminationGracePeriod: 45,
      route: { host: `api.${props.host}`, tls: true },
      scrape: 'metrics',
      ...(props.live ? LIVE : {}),
      dashboard: true,
      ...observed(this),
      priorityClass: priorities.customers,
    });
    api.override({
      spec: {
        template: {
          spec: { containers: [{ name: 'api', terminationMessagePolicy: 'FallbackToLogsOnError' }] },
        },
      },
    });
    if (recommender !== undefined) api.connectsTo(recommender);
    return api.connectsTo(internet(), { port: 443 });
  }
}

/** Traces and advice on resources, where the cluster takes and gives them. */
function observed(scope: Construct): Pick<WebServiceProps, 'telemetry' | 'recommendResources'> {
  const environment = Environment.of(scope);
  return {
    ...(environment?.profile.telemetry !== undefined && { telemetry: true }),
    ...(environment?.has('vertical-pod-autoscaler') === true && { recommendResources: true }),
  };
}
