'use strict';
const { existsSync, readdirSync } = require('node:fs');
const { dirname, join } = require('node:path');

/**
 * Suites that `npm test` runs in one: Jest loads the library anew for each suite, which takes longer than most of them run.
 * Each entry is a folder, or what a path begins with and `*`. Given a path, Jest runs the suites below it one by one.
 */
const GROUPS = {
  rules: [
    'lib/check/rules/wiring',
    'lib/check/rules/policy',
    'lib/graph',
    'lib/draw',
    'test/graph',
    'lib/promql',
  ],
  check: ['lib/check/rules/manifest', 'lib/check/rules/pod-security', 'lib/check', 'test/check'],
  constructs: ['lib/constructs', 'lib/profiles', 'test/constructs'],
  apiserver: [
    'lib/apiserver',
    'test/apiserver/kinds',
    'test/apiserver/defaults',
    'test/apiserver/admission/rules',
    'lib/kube',
    'test/kube',
  ],
  admission: ['test/apiserver'],
  cluster: ['lib/cluster', 'lib/operator', 'test/operator'],
  manifest: ['lib/manifest', 'test/manifest', 'test/synth'],
  plan: ['lib/plan', 'test/plan', 'test/report', 'lib/fit'],
  'command-line': ['lib/cli', 'lib/report', 'lib/pins', 'lib/convert', 'lib/gitops', 'test/gitops'],
  // The whole command line, in parts of about the same length.
  'commands-a-to-h': ['test/cli/[a-h]*'],
  'commands-i-to-pl': ['test/cli/[i-o]*', 'test/cli/p[a-l]*'],
  'commands-pr-to-z': ['test/cli/p[m-z]*', 'test/cli/[q-z]*'],
  apps: ['test/apps', 'test/docs'],
  rest: ['lib/cel', 'test/cel', 'lib/testing', 'test/testing', 'test/output', 'test/upgrade', 'test/bench'],
};

/** These stay apart. */
const APART = new Set([
  'test/kube/schema/kind-schema.test.ts', // mocks modules
]);

const root = join(__dirname, '../..');

/** What the paths of the suites of an entry begin with, as a regular expression. */
const beginning = (entry) => (entry.endsWith('*') ? entry.slice(0, -1) : `${entry}/`);
const isBelow = (file, entry) => new RegExp(`^${beginning(entry)}`).test(file);

/** Every suite of the entries that is in no group before, from the root. */
const suites = Object.fromEntries(
  Object.entries(GROUPS).map(([name, entries], index, all) => {
    const before = all.slice(0, index).flatMap(([, earlier]) => earlier);
    const isMember = (file) => !APART.has(file) && !before.some((entry) => isBelow(file, entry));
    return [
      name,
      entries.flatMap(suitesBelow).filter((file, at, files) => isMember(file) && files.indexOf(file) === at),
    ];
  }),
);

for (const group of Object.keys(GROUPS))
  if (!existsSync(join(__dirname, `${group}.test.ts`))) throw new Error(`no test/together/${group}.test.ts`);

function suitesBelow(entry) {
  const folder = entry.endsWith('*') ? dirname(entry) : entry;
  return readdirSync(join(root, folder), { recursive: true })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter(
      (file) => file.endsWith('.test.ts') && !/\.(?:long|live|browser|controllers)\.test\.ts$/.test(file),
    )
    .filter((file) => isBelow(file, entry))
    .sort();
}

/** Matches every suite that is in a group; the folder of the project is before it. */
const pattern =
  `/(?!(?:${[...APART].join('|')})$)(?:${Object.values(GROUPS).flat().map(beginning).join('|')})`.replaceAll(
    '.',
    '\\.',
  );

module.exports = { suites, pattern };
