import { hostsIn, type TextOptions } from './host-text';
import { effort } from '../../../test/effort';

/** The mentions of a text in short: `db.shop:5432 url`. */
function read(text: string, options?: TextOptions): string[] {
  return hostsIn(text, options).map(
    ({ host, port, shown, scheme, isBelowVariable }) =>
      `${isBelowVariable ? '*.' : ''}${host}${port === undefined ? '' : `:${port}`} ${shown}${scheme === undefined ? '' : ` ${scheme}`}`,
  );
}

describe('hosts in the value of a variable', () => {
  it.each<[text: string, found: string[], key?: string]>([
    // URLs
    ['http://api/', ['api url http']],
    ['http://api:8080/a/b?c=d#e', ['api:8080 url http']],
    ['https://api.shop.svc.cluster.local', ['api.shop.svc.cluster.local url https']],
    ['HTTP://API.Shop.svc.', ['api.shop.svc url http']],
    ['postgres://user:pw@db.shop:5432/x', ['db.shop:5432 url postgres']],
    ['postgresql+asyncpg://db/x', ['db url postgresql+asyncpg']],
    ['jdbc:postgresql://db:5432/x', ['db:5432 url postgresql']],
    ['jdbc:oracle:thin:@//ora:1521/x', ['ora:1521 url']],
    ['postgres://$(USER):$(PASSWORD)@db:5432/x', ['db:5432 url postgres']],
    ['postgres://${USER}:${PASSWORD}@db:5432/x', ['db:5432 url postgres']],
    ['postgres://u:p:w@ss@db/x', ['db url postgres']],
    ['redis://:pw@cache:6379/0', ['cache:6379 url redis']],
    ['http://db:$(DB_PORT)/', ['db url http']],
    ['mongodb://a-0.a:27017,a-1.a:27017/x', ['a-0.a:27017 url mongodb', 'a-1.a:27017 url mongodb']],
    ['http://a,http://b:81', ['a url http', 'b:81 url http']],
    ['dns:///api:9000', ['api:9000 url dns']],
    ['http://$(POD_NAME).db.shop.svc:80', ['*.db.shop.svc:80 url http']],
    ['http://proxy/?to=http://api:81/', ['proxy url http', 'api:81 url http']],
    ['amqp://guest@mq//', ['mq url amqp']],
    // host:port
    ['db:5432', ['db:5432 port']],
    ['db.shop.svc.cluster.local.:5432', ['db.shop.svc.cluster.local:5432 port']],
    ['kafka-0.kafka:9092,kafka-1.kafka:9092', ['kafka-0.kafka:9092 port', 'kafka-1.kafka:9092 port']],
    ['user:pw@tcp(db:3306)/x', ['db:3306 port']],
    ['$(POD).db:5432', ['*.db:5432 port']],
    ['Server=tcp:sql,1433', ['sql named']],
    ['host=db port=5432 user=x', ['db named']],
    ['_pg._tcp.db.shop.svc.cluster.local', ['db.shop.svc.cluster.local whole']],
    // words, by what they are called
    ['db', ['db named'], 'DB_HOST'],
    [' db ', ['db named'], 'DB_HOST'],
    ['db', ['db named'], 'database.hostname'],
    ['db', ['db named'], 'dbHost'],
    ['a,b', ['a named', 'b named'], 'MEMCACHED_SERVERS'],
    ['db', ['db whole'], 'MODE'],
    ['db', ['db whole']],
    ['db.shop', ['db.shop whole']],
    ['the db of the shop', []],
    ['see db.shop.svc for more', ['db.shop.svc form']],
    // Hosts that nobody calls
    ['db:5432,.svc', [], 'NO_PROXY'],
    ['api.shop.svc', [], 'ALLOWED_HOSTS'],
    ['http://api', [], 'CORS_ORIGINS'],
    ['--allowed-hosts=api:80', []],
    // No hosts
    ['', []],
    ['10.0.0.1:5432', []],
    ['http://10.0.0.1:80/', []],
    ['http://[::1]:80/', []],
    ['1.2.3', []],
    ['ghcr.io/acme/api:8080', []],
    ['a/b/db:5432', []],
    ['/etc/db.conf', []],
    ['file:///etc/db', []],
    ['s3://bucket/x', []],
    ['unix:///run/db.sock', []],
    ['12:30', []],
    ['db:5432.1', []],
    ['db:54321x', []],
    ['db:70000', []],
    ['db:0', []],
    ['image:latest', []],
    ['${PREFIX}db:5432', []],
    ['$(PREFIX)db:5432', []],
    ['db$(SUFFIX):5432', []],
    ['http://db${SUFFIX}/', []],
    ['db-$(N).db', []],
    ['{{ name }}-db:5432', []],
    ['${HOST:-db}', []],
    ['a..b:80', []],
    ['-db:80', []],
    ['db_1:80', []],
    [`${'a'.repeat(64)}:80`, []],
  ])('%j', (...[text, found, key]) => {
    expect(read(text, key === undefined ? {} : { key })).toEqual(found);
  });
});

describe('hosts in arguments', () => {
  it.each<[text: string, found: string[]]>([
    ['--db-host=db', ['db named']],
    ['--db-host db --x', ['db named']],
    ['--server', []],
    ['until pg_isready --host=db; do sleep 2; done', ['db named']],
    ['nc -z db 5432', ['db:5432 port']],
    ['--brokers=a:9092,b:9092', ['a:9092 port', 'b:9092 port']],
    ['curl -s http://api/healthz || exit 1', ['api url http']],
    ['--upstream="http://api:80"', ['api:80 url http']],
    ["--url 'http://api'", ['api url http']],
  ])('%j', (text, found) => {
    expect(read(text)).toEqual(found);
  });
});

describe('hosts in files', () => {
  it.each<[text: string, found: string[]]>([
    ['upstream api {\n    server shop-api:80;\n}', ['shop-api:80 port']],
    ['location / { proxy_pass http://api; }', ['api url http']],
    ['db:\n  host: db\n  port: 5432', ['db named']],
    ['{"host": "db", "url":"http://api:80"}', ['db named', 'api:80 url http']],
    ['DB_HOST=db\r\nMODE=api', ['db named']],
    ['host = "db"', ['db named']],
    ['# host: db\n; host=db\n// http://api\n  # http://api\n<!-- http://api -->', []],
    ['a: 1 # http://api', []],
    ['url: http://api/#/home', ['api url http']],
    ['no_proxy: db:80', []],
    ['scheme: db', []],
    ['config.shop = 1', []],
    ['brokers:\n- kafka.shop.svc:9092', ['kafka.shop.svc:9092 port']],
  ])('%j', (text, found) => {
    expect(read(text, { isFile: true })).toEqual(found);
  });
});

describe('a hostile text', () => {
  const LENGTH = effort(20_000, 200_000);
  it.each<[what: string, unit: string]>([
    ['dots', '.'],
    ['labels', 'a.'],
    ['slashes', '/'],
    ['empty URLs', '://'],
    ['URLs', 'http://a'],
    ['logins', 'http://a@'],
    ['at signs', '@'],
    ['colons', ':'],
    ['ports', 'a:1 '],
    ['names', 'a.b.svc '],
    ['keys', 'host='],
    ['flags', '--host '],
    ['lists', 'a,'],
    ['blanks', ' '],
    ['quotes', "host= ''"],
    ['variables', '$('],
    ['lines', '#\n'],
  ])('of %s is read in time', (_, unit) => {
    const text = unit.repeat(LENGTH / unit.length);
    const start = process.cpuUsage();
    for (const isFile of [true, false]) hostsIn(text, { isFile, key: 'HOST' });
    expect(process.cpuUsage(start).user).toBeLessThan(3_000_000);
  });

  it('names so many hosts and no more', () => {
    const text = Array.from({ length: 100_000 }, (_, index) => `h${index}:80`).join(' ');
    expect(hostsIn(text)).toHaveLength(2000);
  });
});
