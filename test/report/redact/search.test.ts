import { FormsIndex } from '../../../lib/report/redact/forms-index';
import { SecretSearch } from '../../../lib/report/redact/search';

function searching(secrets: Readonly<Record<string, string>>, names: readonly string[] = []): SecretSearch {
  const search = new SecretSearch(new Set(names));
  for (const [name, secret] of Object.entries(secrets)) search.add(secret, name);
  return search;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

test.each([
  ['as it is', 'is hunter2!'],
  ['in base64', `is ${base64('hunter2!')}`],
  ['in base64 without padding', `is ${base64('hunter2!').replace(/=+$/, '')}.`],
  ['cut', 'is "hunter…'],
  ['cut, with dots', 'is hunter2...'],
])('a secret is found %s', (_, text) => {
  expect(searching({ any: 'hunter2!' }).hide(text)).toMatch(/^is "?\(hidden\)(…|\.\.\.|\.)?$/);
});

test('a secret is found as JSON, YAML and a URL write it', () => {
  const search = searching({ any: 'a"b\'c d/1' });
  for (const text of ['a\\"b\'c d/1', "a\"b''c d/1", "a%22b'c%20d%2F1"])
    expect(search.hide(text)).toBe('(hidden)');
});

test('what base64 stands for is found, and each line of it', () => {
  const search = searching({ any: base64('hunter2 one\nhunter2 two\n') });
  expect(search.hide('a hunter2 two b')).toBe('a (hidden) b');
  expect(searching({ any: base64('password=hunter2\n') }).hide('it is "hunter2"')).toBe('it is "(hidden)"');
});

test('a secret is not found in part', () => {
  expect(searching({ any: 'hunter2!' }).hide('a hunter2 and a hunter')).toBe('a hunter2 and a hunter');
});

test('an ordinary word is a secret in quotes, unless it is a name or common', () => {
  const search = searching({ any: 'orders', other: 'shop', level: 'info' }, ['shop']);
  expect(search.hide('orders "orders" `orders` "orders-2"')).toBe('orders "(hidden)" `(hidden)` "orders-2"');
  expect(search.hide('"shop" "info"')).toBe('"shop" "info"');
  expect(search.hide('orders')).toBe('(hidden)');
});

test('an ordinary word that is called a password is one anywhere', () => {
  expect(searching({ password: 'swordfish' }).hide('is swordfish, not swordfishes')).toBe(
    'is (hidden), not swordfishes',
  );
});

test('numbers, switches and very short texts are hidden by their place alone', () => {
  const search = searching({ port: '5432', replicas: '3', tls: 'true', a: 'b1' });
  expect(search.hide('"5432" "3" true "b1"')).toBe('"5432" "3" true "b1"');
});

test('many secrets are searched for in one walk', () => {
  const search = new SecretSearch(new Set());
  for (let index = 0; index < 20_000; index++) search.add(`secret-number-${index}-${index * 7919}`, 'any');
  const start = process.cpuUsage();
  const text = search.hide(`${'nothing to see '.repeat(20_000)} secret-number-7-55433`);
  expect(text.endsWith(' (hidden)')).toBe(true);
  expect(process.cpuUsage(start).user).toBeLessThan(2_000_000);
});

test('secrets that overlap, begin alike or are part of others are found as a whole', () => {
  const search = searching({ a: 'abc123abc', b: 'abc123', c: 'abc123abc9', d: '123abc999-x' });
  for (const text of ['abc123abc123abc', 'abc123abc999-x', 'abc123', 'abc123abc9'])
    expect(search.hide(`is ${text}!`)).toBe('is (hidden)!');
  expect(search.hide('abc12 abc123ab')).toBe('abc12 (hidden)ab');
});

test('of a text that repeats itself as a secret does, the rest is hidden', () => {
  const text = '1:'.repeat(30_000);
  const search = searching({ any: `${text}x` });
  expect(search.hide(`a ${text} b`)).toMatch(/^a [1:]{2,2000}\(hidden\)$/);
  expect(search.hide(`a ${text}x`)).toBe('a (hidden)');
});

test('few forms of many that begin alike are compared', () => {
  const forms = Array.from({ length: 10_000 }, (_, index) => `secret-number-${index}`);
  const index = new FormsIndex('secret-number-');
  for (const form of forms) index.add(form);
  let count = 0;
  const step = (steps: number): void => {
    count += steps;
  };
  expect(index.matching('a secret-number-77 b', 2, 6, step)).toBe('secret-number-77'.length);
  expect(index.matching('a secret-numberless b', 2, 6, step)).toBe(0);
  expect(count).toBeLessThan(600);
});

test('many secrets in quotes are found, whatever other quotes there are', () => {
  expect(searching({ any: 'orders' }).hide('"a long text in quotes" "orders" \'"orders"\' "\\"orders"')).toBe(
    '"a long text in quotes" "(hidden)" \'"(hidden)"\' "\\"orders"',
  );
});
