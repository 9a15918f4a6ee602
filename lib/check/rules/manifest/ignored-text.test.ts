import { ruleTest } from '../../../../test/check/rule-test';

const HINT = 'Separate documents with ---, and indent all keys of a map alike.';
const onLine = (line: number) => `kubectl ignores the text from line ${line} on: the document ends before it`;

ruleTest(
  'manifest/ignored-text',
  'error',
  ['ConfigMap shop/settings', '', onLine(9), HINT],
  ({ failing, passing, found }) => [
    ['a comment behind the end', passing('---\n', '...\n# the next one\n---\n'), []],
    [
      'keys that are indented less than the first',
      '  apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: settings, namespace: shop}\ndata: {}\n',
      [found(undefined, onLine(4))],
    ],
    [
      'text behind a document that is a map in flow style, as for kubectl',
      '---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: shop}}\nimmutable: true\n',
      [found(undefined, onLine(3))],
    ],
    [
      'text behind a document that is empty, with the one after it',
      `null\n...\ndata: {}\n---\n${passing()}`,
      [found(undefined, onLine(3))],
    ],
    [
      'text behind a document that is empty, with the one before it',
      `${passing()}---\nnull\n...\ndata: {}\n`,
      [found(undefined, onLine(17), undefined, 'ConfigMap shop/applied')],
    ],
    ['each document for itself', `${failing()}---\n${failing()}`, [found(), found(undefined, onLine(23))]],
  ],
);
