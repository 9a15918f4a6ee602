import { check } from '../../lib/check/check';
import { ManifestSet } from '../../lib/manifest/set';
import { found, object, workload } from './rules/policy/policy';

const FOUND = 'policy/literal-secret spec.template.spec.containers[0]';

/** Made up, letter by letter, so that no scanner of repositories takes them for real. */
const made = (prefix: string, length: number): string =>
  prefix + 'a1B2c3D4e5F6g7H8'.repeat(20).slice(0, length);

test.each([
  ['an AWS access key', `AKIA${'Q7ZX'.repeat(4)}`],
  ['a GitHub token', made('ghp_', 36)],
  ['a fine-grained token of GitHub', made('github_pat_', 82)],
  ['a GitLab token', made('glpat-', 20)],
  ['a Slack token', `xoxb-${'123456789012'}-abcdefABCDEF`],
  ['a Stripe key', made('sk_live_', 24)],
  ['a Google API key', made('AIza', 35)],
  ['a signed token', `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.${'c2lnbmF0dXJl'.repeat(3)}`],
  ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----'],
  ['a URL with a password', 'postgres://shop:s3cr3t-7@db:5432/shop'],
  ['a URL with a password alone', 'redis://:s3cr3t-7@cache:6379'],
])('%s is found under any name', (_, value) => {
  const env = [{ name: 'SETTING', value }];
  expect(found([workload({ container: { env } })])).toEqual([`${FOUND}.env[0].value`]);
  expect(found([workload({ container: { args: ['serve', `--setting=${value}`] } })])).toEqual([
    `${FOUND}.args[1]`,
  ]);
  expect(found([object('v1', 'ConfigMap', 'settings', { data: { setting: value } })])).toEqual([
    'policy/literal-secret data[setting]',
  ]);
});

test.each([
  ['POSTGRES_PASSWORD', 'shop'],
  ['DB_PASS', 'hunter2'],
  ['dbPassword', 'hunter2'],
  ['SESSION_SECRET', 'k3J9x0Qw7Lm2'],
  ['STRIPE_API_KEY', '9f8e7d6c5b4a3f2e'],
  ['oauth.client-secret', 'Zx81Qp0aLk27Vm'],
])('%s: %s is a secret by its name', (name, value) => {
  expect(found([workload({ container: { env: [{ name, value }] } })])).toEqual([`${FOUND}.env[0].value`]);
  expect(found([workload({ container: { args: [`--${name}=${value}`] } })])).toEqual([`${FOUND}.args[0]`]);
  expect(found([workload({ container: { command: ['serve', `--${name}`, value] } })])).toEqual([
    `${FOUND}.command[2]`,
  ]);
});

test.each([
  ['PASSWORD', ''],
  ['PASSWORD', '$(DATABASE_PASSWORD)'],
  ['PASSWORD', '${DATABASE_PASSWORD}'],
  ['PASSWORD', '<your password>'],
  ['PASSWORD', 'vault:secret/data/shop#password'],
  ['ADMIN_PASSWORD', '/run/secrets/admin'],
  ['ALLOW_EMPTY_PASSWORD', 'yes'],
  ['RANDOM_ROOT_PASSWORD', '1'],
  ['PWD', '/app'],
  ['PASSWORD_FILE', 'hunter2'],
  ['PASSWORD_MIN_LENGTH', '12'],
  ['TOKEN', 'shop-payments-token'],
  ['TLS_SECRET', 'shop-web-tls-2'],
  ['MAX_TOKEN', '4096'],
  ['CACHE_KEY', 'a1B2c3D4e5F6g7H8'],
  ['GIT_COMMIT', '0123456789abcdef0123456789abcdef01234567'],
  ['API_URL', 'https://user@api.example/v1'],
  ['DATABASE_URL', 'postgres://shop:$(DATABASE_PASSWORD)@db/shop'],
  ['DATABASE_URL', 'postgres://shop:${PASSWORD}@db/shop'],
  ['COMPASS', 'north'],
])('%s: %s is none', (name, value) => {
  expect(found([workload({ container: { env: [{ name, value }] } })])).toEqual([]);
});

test('a file in a ConfigMap is found once, by the first secret in it, and comments do not count', () => {
  const lines = ['# password: example-1', 'host = db', 'password = hunter2', 'token: abc'];
  const file = (text: readonly string[]) =>
    object('v1', 'ConfigMap', 'm', { data: { 'app.ini': text.join('\n') } });
  expect(found([file(lines)])).toEqual(['policy/literal-secret data[app.ini]']);
  expect(found([file(lines.slice(0, 2))])).toEqual([]);
  expect(found([file(['password: string', 'password = readPassword()', 'pass: true'])])).toEqual([]);
});

test('the secret is not repeated in what is said of it', () => {
  const env = [{ name: 'PASSWORD', value: 'hunter2' }];
  const findings = check(ManifestSet.of([workload({ container: { env } })]));
  const [finding] = findings.filter(({ rule }) => rule === 'policy/literal-secret');
  expect(finding?.message).toBe('contains a secret in plain text');
  expect(JSON.stringify(findings)).not.toContain('hunter2');
});
