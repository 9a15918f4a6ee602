import { ruleTest } from '../../../../test/check/rule-test';

const MESSAGE = 'has the replacement character U+FFFD, so it may be a binary file that was read as text';

ruleTest(
  'policy/binary-as-text',
  'warning',
  ['ConfigMap shop/settings', 'data[logo.png]', MESSAGE, 'Put the file in binaryData, in base64.'],
  ({ failing }) => [
    ['text', failing('\\uFFFDPNG', 'PNG ÿ'), []],
    [
      'a Secret',
      failing('kind: ConfigMap', 'kind: Secret', '\ndata:', '\nstringData:'),
      [['Secret shop/settings', 'stringData[logo.png]', MESSAGE, 'Put the file in data, in base64.']],
    ],
  ],
);
