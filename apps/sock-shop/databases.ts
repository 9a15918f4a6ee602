import type { Construct } from 'constructs';
import type { Security, StatefulServiceProps } from 'seaworthy';
import { Secret, StatefulService, WebService } from 'seaworthy';

/** The user of all their images, which would start as root and change to it. */
const DATABASE_USER: Security = { runAsUser: 999, runAsGroup: 999, fsGroup: 999 };

const RESOURCES = { cpu: '50m', memory: { request: '256Mi', limit: '512Mi' } } as const;

/** The last release that the drivers of `carts` and `orders` can talk to. */
export const MONGO = 'mongo:5.0.31';

/** A database for each service that keeps something, and Redis for the sessions. */
export function addDatabases(scope: Construct) {
  return {
    cartsDb: addMongo(scope, 'carts-db', MONGO),
    ordersDb: addMongo(scope, 'orders-db', MONGO),
    userDb: addMongo(scope, 'user-db', 'weaveworksdemos/user-db:0.3.0'),
    catalogueDb: addMysql(scope),
    sessions: addRedis(scope),
  };
}

function addMongo(scope: Construct, id: string, image: string): StatefulService {
  return addDatabase(scope, id, {
    image,
    port: { name: 'mongo', port: 27017 },
    storage: { '/data/db': '10Gi', '/tmp': { temporary: 'memory' } },
    probe: { readiness: { tcp: true } },
  });
}

/** It fills itself with socks when its disk is empty. */
function addMysql(scope: Construct): StatefulService {
  const login = new Secret(scope, 'catalogue-login', { data: { root: 'fake_password' }, unsafe: true });
  login.suppress('policy/secret-manifest', 'the password comes with the image');
  return addDatabase(scope, 'catalogue-db', {
    image: 'weaveworksdemos/catalogue-db:0.3.0',
    port: { name: 'mysql', port: 3306 },
    env: { MYSQL_ROOT_PASSWORD: login.key('root'), MYSQL_DATABASE: 'socksdb' },
    // The root of a disk is not empty: `lost+found` is there.
    storage: { '/var/lib/mysql': { size: '5Gi', subPath: 'data' }, '/var/run/mysqld': { temporary: true } },
    probe: { readiness: { tcp: true } },
  });
}

function addDatabase(
  scope: Construct,
  id: string,
  props: Omit<StatefulServiceProps, 'name' | 'security'>,
): StatefulService {
  return new StatefulService(scope, id, {
    name: id,
    service: {},
    resources: RESOURCES,
    security: DATABASE_USER,
    ...props,
  });
}

/** Sessions end with its pod, so there is one. */
function addRedis(scope: Construct): WebService {
  return new WebService(scope, 'session-db', {
    name: 'session-db',
    image: 'redis:alpine',
    port: { name: 'redis', port: 6379 },
    rollout: 'recreate',
    storage: { '/data': { temporary: true } },
    resources: { cpu: '50m', memory: { request: '64Mi', limit: '128Mi' } },
    security: DATABASE_USER,
    probe: { readiness: { tcp: true } },
  });
}
