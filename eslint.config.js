'use strict';
const tseslint = require('typescript-eslint');
const jest = require('eslint-plugin-jest');
const prettier = require('eslint-config-prettier');

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
    ...(isCommon ? [] : [{ selector: `MemberExpression[property.name='${field}']`, message }]),
  ];
});

module.exports = tseslint.config(
  { ignores: ['build/**', 'dist/**', 'coverage/**', 'node_modules/**', '.cache/**'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: __dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/only-throw-error': 'error',
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
      'max-lines': 'off',
    },
  },
  {
    files: ['bench/**/*.ts', 'scripts/**/*.ts', 'examples/**/*.ts', 'apps/**/*.ts'],
    rules: { 'no-console': 'off', 'no-restricted-properties': 'off' },
  },
  prettier,
);
