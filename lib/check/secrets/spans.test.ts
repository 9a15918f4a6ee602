import { secretIn } from './find';
import { promiseOf } from './named';
import { hide, secretSpans } from './spans';
import type { Form } from './assigned';

const hidden = (text: string, form?: Form): string => hide(text, secretSpans(text, form));

/** What a report hides of a text, and whether the rule finds something in it. */
test.each([
  ['postgres://shop:hunter2@db/shop', 'postgres://shop:(hidden)@db/shop', true],
  ['postgres://shop:hunt@er2@db/shop', 'postgres://shop:(hidden)@db/shop', true],
  ['postgres://shop:hun/ter2@db/shop', 'postgres://shop:(hidden)@db/shop', false],
  ['postgres://shop:pa$$w0rd@db/shop', 'postgres://shop:(hidden)@db/shop', false],
  ['https://a.example/x?token=a1B2c3D4e5F6g7&y=1', 'https://a.example/x?token=(hidden)&y=1', true],
  ['https://a.example/x?sv=1&sig=abcDEF%2F0123456789', 'https://a.example/x?sv=1&sig=(hidden)', false],
  ['https://a.example/x?sv=1&sig=abcDEF0123456789', 'https://a.example/x?sv=1&sig=(hidden)', true],
  ['curl -u admin:hunter2 http://a', 'curl -u admin:(hidden) http://a', true],
  ['curl --user=admin:hunter2 http://a', 'curl --user=admin:(hidden) http://a', true],
  ['curl -H "Authorization: Bearer abcdefgh12345678"', 'curl -H "Authorization: Bearer (hidden)"', true],
  [
    'create secret generic a --from-literal=password=hunter2',
    'create secret generic a --from-literal=password=(hidden)',
    true,
  ],
  [
    'helm upgrade --set auth.password=hunter2,image=a',
    'helm upgrade --set auth.password=(hidden),image=a',
    true,
  ],
  ['PGPASSWORD=hunter2 psql -h db', 'PGPASSWORD=(hidden)', true],
  ['sh -c "PGPASSWORD=hunter2 psql -h db"', 'sh -c "PGPASSWORD=(hidden) psql -h db"', true],
  ['java -Ddb.password=hunter2 -jar a', 'java -Ddb.password=(hidden) -jar a', true],
  ['mysql -uroot -phunter2 shop', 'mysql -uroot -p(hidden) shop', false],
  ['sshpass -p hunter2 ssh a', 'sshpass -p (hidden) ssh a', false],
  ['{"a":1,"password":"hunter2","b":2}', '{"a":1,"password":"(hidden)","b":2}', true],
  ['{"a":{"password":"hunt\\"er2"}}', '{"a":{"password":"(hidden)"}}', false],
  ['"{\\"password\\":\\"hunter2\\"}"', '"{\\"password\\":\\"(hidden)\\"}"', true],
  [
    '{"auths":{"r.example":{"auth":"c2hvcDpodW50ZXIy"}}}',
    '{"auths":{"r.example":{"auth":"(hidden)"}}}',
    true,
  ],
  ['{"name":"DB_PASSWORD","value":"hunter2"}', '{"name":"DB_PASSWORD","value":"(hidden)"}', true],
  ['{"value":"hunter2","name":"DB_PASSWORD"}', '{"value":"(hidden)","name":"DB_PASSWORD"}', true],
  ['- name: DB_PASSWORD\n  value: hunter2\n', '- name: DB_PASSWORD\n  value: (hidden)\n', true],
  ['db:\n  password: correct horse battery\n  port: 1\n', 'db:\n  password: (hidden)\n  port: 1\n', false],
  ['password: |\n  one\n  two\nport: 1\n', 'password: |\n  (hidden)\nport: 1\n', false],
  [
    'passwords:\n  - hunter2\n  - "x y"\nport: 1\n',
    'passwords:\n  - (hidden)\n  - "(hidden)"\nport: 1\n',
    false,
  ],
  ['password: &anchor hunter2 # old', 'password: &anchor (hidden) # old', true],
  ["'password' => 'hunter2',", "'password' => '(hidden)',", true],
  ['<db><password>hunter2</password></db>', '<db><password>(hidden)</password></db>', true],
  ['<entry key="password">hunter2</entry>', '<entry key="password">(hidden)</entry>', true],
  ['<add name="Password" value="hunter2"/>', '<add name="Password" value="(hidden)"/>', true],
  ['//registry.example/:_authToken=a1B2c3D4e5F6g7', '//registry.example/:_authToken=(hidden)', true],
  ['machine a login b password hunter2', 'machine a login b password (hidden)', true],
  ['db:5432:shop:admin:hunter2', 'db:5432:shop:admin:(hidden)', true],
  ['requirepass hunter2', 'requirepass (hidden)', false],
  ['shop:$apr1$abcdefgh$abcdefghijklmnopqrstuv', 'shop:(hidden)', true],
  [
    'Server=db;User Id=sa;Password=hunter2;Timeout=3',
    'Server=db;User Id=sa;Password=(hidden);Timeout=3',
    true,
  ],
  ['-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\nafter', '(hidden)\nafter', true],
  ['kind: A\n---\nkind: Secret\nstringData: {a: b}\n', 'kind: A\n---(hidden)', false],
])('%j is shown as %j', (text, shown, isFound) => {
  expect(hidden(text)).toBe(shown);
  expect(secretIn(text) !== undefined).toBe(isFound);
});

test.each([
  'image: shop/api:1.4.2',
  'https://api.example:8080/a@b',
  'registry.example:5000/shop/api@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
  'postgres://shop:$(PASSWORD)@db/shop',
  'postgres://$(USER):$(PASSWORD)@db/shop',
  'password: ${DB_PASSWORD}',
  'PASSWORD_FILE=/run/secrets/db',
  'password: /run/secrets/db',
  'passwordKey: password',
  'secretName: shop-db',
  'existingSecret: shop-db',
  'tokenTTL: 3600',
  'max_token: 4096',
  'tokenUrl: https://login.example/token',
  'keyboard: qwerty7',
  'docker run -u 1000:1000 a',
  'author: hunter2',
])('%j has no secret', (text) => {
  expect(hidden(text)).toBe(text);
});

test('a sentence about a password is shown, and a password in a sentence is not', () => {
  for (const text of [
    'data.password: Required value',
    'password: expected a string, got 3',
    'password: must be set',
    'no key "password" in Secret shop/db',
    'Basic authentication is off',
  ])
    expect(hidden(text, 'prose')).toBe(text);
  expect(hidden('cannot log in: password: hunter2', 'prose')).toBe('cannot log in: password: (hidden)');
  expect(hidden('bad config {"password": "swordfish"}', 'prose')).toBe('bad config {"password": "(hidden)"}');
  expect(hidden('connect to redis://:hunter2@cache failed', 'prose')).toBe(
    'connect to redis://:(hidden)@cache failed',
  );
});

test('a program has secrets in quotes, and elsewhere names', () => {
  expect(hidden("new Secret(this, 's', { stringData: { password: 'x' } })", 'code')).toBe(
    "new Secret(this, 's', { stringData: { password: '(hidden)' } })",
  );
  expect(hidden("env: [{ name: 'DB_PASSWORD', value: `x ${a}` }]", 'code')).toBe(
    "env: [{ name: 'DB_PASSWORD', value: `(hidden)` }]",
  );
  for (const text of ['const password = readPassword();', 'password: login.key(name),', 'token: string;'])
    expect(hidden(text, 'code')).toBe(text);
});

test('a name that could be read in many ways takes no time', () => {
  for (const end of ['1', 'base64', 'plaintext', 'hashed'])
    expect(promiseOf(`password_${end.repeat(100)}!`)).toBeUndefined();
  for (const end of ['', '1', 's_old', 'Base64', '_plaintext', 'Hashed', '-b64', '_2'])
    expect(promiseOf(`password${end}`)).toBe('password');
});

test('a long text takes time in proportion to its length', () => {
  const texts = [
    'a'.repeat(100_000),
    'password="'.repeat(10_000),
    'name: '.repeat(16_000),
    '<a>'.repeat(33_000),
    'a:'.repeat(50_000),
    '-----BEGIN PRIVATE KEY-----'.repeat(3_000),
    'http://a:'.repeat(10_000),
    '$2'.repeat(33_000),
    `password: ${' '.repeat(33_000)}x`,
    `password: a${' '.repeat(33_000)}x`,
    `password: ${'.'.repeat(33_000)}x`,
    'sig='.repeat(10_000),
    `password=${'{{'.repeat(16_000)}`,
    `password=/${'.'.repeat(33_000)}1`,
  ];
  const start = process.cpuUsage();
  for (const text of texts) for (const form of ['data', 'prose', 'code'] as const) secretSpans(text, form);
  const { user } = process.cpuUsage(start);
  expect(user).toBeLessThan(4_000_000);
});
