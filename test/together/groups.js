'use strict';
const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

/**
 * Suites that `npm test` runs in one: Jest loads the library anew for each suite, which takes longer than most of them run.
 * Given a path, Jest runs the suites below it one by one.
 */
const GROUPS = {
  'rules-of-wiring': ['lib/check/rules/wiring'],
  'rules-of-policy': ['lib/check/rules/policy'],
  check: ['lib/check/rules/manifest', 'lib/check/rules/pod-security', 'lib/check', 'test/check'],
  graph: ['lib/graph', 'lib/draw', 'test/graph'],
  'traits-and-constructs': ['lib/constructs', 'lib/profiles'],
  constructs: ['test/constructs'],
  apiserver: [
    'lib/apiserver',
    'test/apiserver/kinds',
    'test/apiserver/defaults',
    'test/apiserver/admission/rules',
  ],
  admission: ['test/apiserver'],
  cluster: ['lib/cluster'],
  operator: ['lib/operator', 'test/operator'],
  fit: ['lib/fit'],
  manifest: ['lib/manifest', 'test/manifest', 'test/synth'],
  report: ['test/report'],
  plan: ['lib/plan', 'test/plan'],
  gitops: ['lib/gitops', 'test/gitops'],
  kube: ['lib/kube', 'test/kube'],
  'command-line': ['lib/cli', 'lib/report', 'lib/pins', 'lib/convert'],
};

/** These stay apart. */
const APART = new Set([
  'test/kube/schema/kind-schema.test.ts', // mocks modules
]);

const root = join(__dirname, '../..');

/** Every suite below the folders that is in no group before, from the root. */
const suites = Object.fromEntries(
  Object.entries(GROUPS).map(([name, folders], index, all) => {
    const before = all.slice(0, index).flatMap(([, earlier]) => earlier);
    const isMember = (file) => !APART.has(file) && !before.some((folder) => file.startsWith(`${folder}/`));
    return [
      name,
      folders.flatMap(suitesBelow).filter((file, at, files) => isMember(file) && files.indexOf(file) === at),
    ];
  }),
);

for (const group of Object.keys(GROUPS))
  if (!existsSync(join(__dirname, `${group}.test.ts`))) throw new Error(`no test/together/${group}.test.ts`);

function suitesBelow(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.test.ts') && !/\.(?:long|controllers)\.test\.ts$/.test(file))
    .sort();
}

/** Matches every suite that is in a group; the folder of the project is before it. */
const pattern = `/(?!(?:${[...APART].join('|')})$)(?:${Object.values(GROUPS).flat().join('|')})/`.replaceAll(
  '.',
  '\\.',
);

module.exports = { suites, pattern };
