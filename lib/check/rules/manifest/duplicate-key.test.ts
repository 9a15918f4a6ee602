import { ruleTest, unproven } from '../../../../test/check/rule-test';

const MESSAGE = 'the key is set twice, on lines 7 and 9: kubectl keeps the last value';
const AGAIN = 'the key is set twice, on lines 7 and 10: kubectl keeps the last value';
const HINT = 'Remove one of them.';

ruleTest(
  'manifest/duplicate-key',
  'error',
  ['ConfigMap shop/settings', 'data.LOG_LEVEL', MESSAGE, HINT],
  ({ failing, passing, found }) => [
    ['keys that are one to kubectl', failing('LOG_LEVEL: info', '"yes": a', 'LOG_LEVEL: debug', 'on: b'), []],
    [
      'booleans as keys',
      failing('LOG_LEVEL: info', 'yes: a', 'LOG_LEVEL: debug', 'on: b'),
      [found('data.true')],
    ],
    [
      'a merge key behind a key that it overwrites',
      failing('  REGION: eu\n  LOG_LEVEL: debug', '  REGION: eu\n  <<: {LOG_LEVEL: debug}'),
      [found()],
    ],
    [
      'a merge key before a key that overwrites it, which is what merge keys are for',
      passing('LOG_LEVEL: debug', '<<: {LOG_LEVEL: info}\n  LOG_LEVEL: debug'),
      [],
    ],
    [
      'a key three times',
      failing('REGION: eu', 'LOG_LEVEL: a'),
      [found(undefined, MESSAGE.replace('9', '8')), found(undefined, MESSAGE.replace('7', '8'))],
    ],
    [
      'an item of a list, by its own path',
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {namespace: shop, name: settings}\n  data:\n    LOG_LEVEL: info\n    LOG_LEVEL: debug\n',
      [found(undefined, MESSAGE.replace('7', '8'))],
    ],
    [
      'a document further down, by the lines of the stream',
      `apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n---\n${failing()}`,
      [found(undefined, 'the key is set twice, on lines 11 and 13: kubectl keeps the last value')],
    ],
    [
      'JSON',
      '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings", "namespace": "shop"},\n "data": {"LOG_LEVEL": "a", "LOG_LEVEL": "b"}}',
      [found(undefined, 'the key is set twice, on line 2: kubectl keeps the last value')],
    ],
    [
      'the same value again, of which nothing is lost',
      failing('LOG_LEVEL: debug', 'LOG_LEVEL: info'),
      [unproven(found(undefined, 'the key is set twice, on lines 7 and 9, to the same value'))],
    ],
    [
      'the same map again, in JSON',
      '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings", "namespace": "shop"},\n "data": {"A": "b"}, "data": {"A": "b"}}',
      [unproven(found('data', 'the key is set twice, on line 2, to the same value'))],
    ],
    [
      'each place once, however often an alias repeats it',
      failing('data:', 'data: &data', '  LOG_LEVEL: debug', '  UNIT: a\n  LOG_LEVEL: debug') +
        'binaryData: *data\n',
      [found(undefined, AGAIN)],
    ],
  ],
);
