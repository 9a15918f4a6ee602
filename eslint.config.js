'use strict';
const tseslint = require('typescript-eslint');
const jest = require('eslint-plugin-jest');
const prettier = require('eslint-config-prettier');
const { createNodeResolver, importX } = require('eslint-plugin-import-x');

/** Rooms that ask lib/graph instead of reading pods, autoscalers, roles and selectors themselves. */
const READERS = ['check', 'plan', 'report', 'testing', 'output', 'cli', 'integrations'];

/** Fields that lib/graph reads, and what to call there. */
const READ_IN_GRAPH = [
  ['template', 'podTemplateOf of graph/pod-template, or podsOf of graph/pods'],
  ['scaleTargetRef', 'scalersOf of graph/scalers, or scaleTargetOf of graph/scale-target'],
  ['roleRef', 'bindingsIn of graph/bindings'],
  ['podSelector', 'policiesOf of graph/policies, or isPeer of graph/policy-peers'],
  ['namespaceSelector', 'isPeer of graph/policy-peers, or the references of graph/references'],
  ['labelSelector', 'spreadConstraints or affinityTerms of graph/scheduling'],
  ['selector', 'servicesIn of graph/services, budgetsIn of graph/budgets, or selectorAt of graph/selectors'],
  ['matchLabels', 'selectorAt of graph/selectors'],
  ['matchExpressions', 'selectorAt of graph/selectors'],
].flatMap(([field, reader]) => {
  const message = `Only lib/graph reads ${field}: call ${reader}.`;
  const isCommon = ['selector', 'matchLabels', 'matchExpressions'].includes(field);
  return [
    { selector: `Literal[value='${field}']`, message },
    // A typed result may well have a property of this name, such as the selector of a Service.
    ...(isCommon
      ? []
      : [
          { selector: `MemberExpression[property.name='${field}']`, message },
          { selector: `ObjectPattern > Property[key.name='${field}']`, message },
        ]),
  ];
});

module.exports = tseslint.config(
  { ignores: ['build/**', 'dist/**', 'coverage/**', 'node_modules/**', '.cache/**'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/extensions': ['.ts'],
      'import-x/parsers': { [require.resolve('@typescript-eslint/parser')]: ['.ts'] },
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts'] })],
    },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: __dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Numbers are written alike everywhere, and messages are full of them.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => list.push(x)` gives its caller nothing to misuse, and `return report(…)` ends a list of cases.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Apps call from JavaScript too, and manifests hold what no type allows: both are checked although types exclude it.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unnecessary-type-conversion': 'off',
      // `void object.member` runs a getter for its effect.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // Objects of Kubernetes are records of any keys.
      '@typescript-eslint/no-dynamic-delete': 'off',
      // cdk8s counts anything with the members of a construct as one, and so do our traits.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'import-x/no-cycle': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now' },
        { object: 'Math', property: 'random' },
      ],
    },
  },
  {
    // One reader for each fact: what objects mean to each other is read in lib/graph only.
    files: READERS.map((room) => `lib/${room}/**/*.ts`),
    ignores: ['lib/**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', ...READ_IN_GRAPH] },
  },
  {
    files: ['test/**/*.ts', 'lib/**/*.test.ts'],
    ...jest.configs['flat/recommended'],
    rules: {
      ...jest.configs['flat/recommended'].rules,
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert'] }],
      'jest/no-standalone-expect': 'error',
      // Secrets are put together, so that no scanner takes a test for a leak; classes stand for those of users.
      '@typescript-eslint/no-unnecessary-template-expression': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      'max-lines': 'off',
    },
  },
  // A list of names, to which each construct adds, and types that are generated.
  { files: ['lib/index.ts', 'lib/kube/custom/patches.ts'], rules: { 'max-lines': 'off' } },
  // Waiting for a cluster takes a clock, and requests that are tried again should not come at once.
  {
    files: ['lib/cluster/**/*.ts', 'lib/operator/run/clock.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['bench/**/*.ts', 'scripts/**/*.ts', 'examples/**/*.ts', 'apps/**/*.ts'],
    rules: { 'no-console': 'off', 'no-restricted-properties': 'off' },
  },
  prettier,
);
