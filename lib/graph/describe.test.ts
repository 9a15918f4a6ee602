import { ManifestSet } from '../manifest/set';
import { choice, describeSelector, describeTarget, listObjects } from './describe';

const secrets = (count: number, namespace?: string) =>
  ManifestSet.of(
    Array.from({ length: count }, (_, index) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: `s${index}`, ...(namespace !== undefined && { namespace }) },
    })),
  ).manifests;

describe('a target', () => {
  const describeFrom = (own: string | undefined, namespace?: string): string => {
    const [from] = secrets(1, own);
    if (from === undefined) throw new Error('no object');
    return describeTarget(
      { group: '', kind: 'Secret', name: 'login', ...(namespace !== undefined && { namespace }) },
      from,
    );
  };

  it('has its namespace said', () => {
    expect(describeFrom('shop', 'shop')).toBe('Secret "login" in namespace "shop"');
    expect(describeFrom('default', 'default')).toBe('Secret "login" in namespace "default"');
    expect(describeFrom(undefined, 'shop')).toBe('Secret "login" in namespace "shop"');
  });

  it('has none where it is in none, or where nobody wrote one', () => {
    expect(describeFrom('shop')).toBe('Secret "login"');
    expect(describeFrom(undefined, 'default')).toBe('Secret "login"');
  });
});

test('a selector is written as kubectl takes it', () => {
  const expression = (operator: string, values?: string[]) => ({
    key: 'tier',
    operator,
    ...(values !== undefined && { values }),
  });
  const selector = (...matchExpressions: ReturnType<typeof expression>[]) => ({ matchExpressions });
  expect(describeSelector({ matchLabels: { app: 'web', team: 'shop' } })).toBe('app=web,team=shop');
  expect(describeSelector(selector(expression('Exists')))).toBe('tier');
  expect(describeSelector(selector(expression('DoesNotExist')))).toBe('!tier');
  expect(describeSelector(selector(expression('In', ['a', 'b'])))).toBe('tier in (a,b)');
  expect(describeSelector(selector(expression('NotIn', ['a'])))).toBe('tier notin (a)');
  expect(describeSelector({ matchLabels: { app: 'web' }, ...selector(expression('Exists')) })).toBe(
    'app=web,tier',
  );
  expect(describeSelector({})).toBe('');
});

test('a choice has every value, or eight and others', () => {
  expect(choice(['a'])).toBe('"a"');
  expect(choice(['a', 80, 'c'])).toBe('"a", "80" or "c"');
  const eight = ['1', '2', '3', '4', '5', '6', '7', '8'];
  expect(choice(eight)).toBe('"1", "2", "3", "4", "5", "6", "7" or "8"');
  expect(choice([...eight, '9'])).toBe('"1", "2", "3", "4", "5", "6", "7", "8" and others');
});

test('objects are listed by kind and name, three of them and how many more', () => {
  expect(listObjects(secrets(1))).toBe('Secret s0');
  expect(listObjects(secrets(2))).toBe('Secret s0 and Secret s1');
  expect(listObjects(secrets(3))).toBe('Secret s0, Secret s1 and Secret s2');
  expect(listObjects(secrets(4))).toBe('Secret s0, Secret s1, Secret s2 and 1 more');
  expect(listObjects(secrets(5))).toBe('Secret s0, Secret s1, Secret s2 and 2 more');
});
