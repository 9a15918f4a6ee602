'use strict';
// Bundles lib/ into one CommonJS build with thin ESM entries over it: docs/decisions/0001 says why.
const { createHash } = require('node:crypto');
const { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } = require('node:fs');
const { dirname, join, relative, sep } = require('node:path');
const { gzipSync } = require('node:zlib');
const { esmEntry } = require('./esm');

const root = join(__dirname, '..', '..');
const lib = join(root, 'lib');

/** What `exports` of package.json offers, as paths below lib; each has an ESM file over it. */
const OFFERED = ['index', 'testing/index', 'testing/jest', 'testing/vitest', 'testing/coverage/reporter'];

/** What the launcher and the command line start. */
const STARTED = ['cli/main', 'cli/child/keep-code', 'cli/check/threads/worker'];

/** Processes of their own, found by their place. Each is one file: they run within an app, or before one. */
const PROCESSES = ['cli/child/runner', 'cli/child/preload'];

/** Packages that become one file each: to find and open the seventy files of `yaml` takes longer than to run them. */
const PACKAGES = ['yaml', 'commander'];

/** Modules of Node that take milliseconds to load and that most runs do not call. */
const RARE = ['node:child_process', 'node:zlib'];

/**
 * Modules of functions that are loaded when one is first called, where the front door and the test kit import them: most
 * programs only describe objects, and what judges them is most of the code.
 */
const LAZY_IN_PROGRAMS = [
  'check/admit',
  'check/admit-set',
  'check/check',
  'check/facts',
  'cluster/client/connect',
  'cluster/live/manifests',
  'cluster/status/status',
  'draw/blast',
  'draw/draw',
  'draw/fold',
  'draw/layout',
  'draw/neighbourhood',
  'fit/fit',
  'fit/node-specs',
  'fit/pools/pool-nodes',
  'graph/hosts/callers',
  'graph/references',
  'plan/plan',
];
const PROGRAMS = /^(index$|integrations\/|operator\/|synth\/clients$|testing\/)/;

/** The same, wherever they are imported: most runs of the command line do without them. */
const LAZY_EVERYWHERE = [
  'apiserver/admission/custom/definition',
  'apiserver/admission/custom/judge-custom',
  'apiserver/admission/policies/match-conditions',
  'apiserver/admission/policies/policies',
  'apiserver/admission/policies/policy',
  'apiserver/admission/rules/definitions/definition-schema',
  'apiserver/admission/rules/devices/device-expression',
  'apiserver/admission/rules/hooks/expressions',
  'cli/files/contents/unreadable',
  'cli/files/kustomize/kustomization',
  'cli/project/config',
  'cli/run/app',
  'fit/findings/fit-rules',
  'promql/check',
  'report/apply/printers',
  'report/check/printers',
  'report/fit/printers',
  'report/graph/printers',
  'report/images/printers',
  'report/plan/printers',
  'report/status/printers',
  'report/upgrade/printers',
];

/** Each module that is loaded late, and which importers load it so. */
const LAZY = new Map([
  ...LAZY_IN_PROGRAMS.map((name) => [name, PROGRAMS]),
  ...LAZY_EVERYWHERE.map((name) => [name, /^/]),
]);

/** A source file's path below lib, with forward slashes and without its ending. */
const nameOf = (file) => relative(lib, file).split(sep).join('/').replace(/\.ts$/, '');
const fileOf = (name) => join(lib, `${name}.ts`);
/** All code stands in one folder, whatever folder its source is in. */
const chunkOf = (name) => name.replaceAll('/', '-');

/** Gives importers of a module in `LAZY` functions that require it when they are called. */
const lazy = {
  name: 'lazy',
  async resolveId(source, importer) {
    if (source.startsWith('chunk:')) return { id: `./${source.slice(6)}.js`, external: true };
    if (importer === undefined || !source.startsWith('.')) return null;
    const resolved = await this.resolve(source, importer, { skipSelf: true });
    const name = resolved && nameOf(resolved.id);
    return LAZY.get(name)?.test(nameOf(importer)) ? `\0lazy:${name}` : null;
  },
  load(id) {
    if (!id.startsWith('\0lazy:')) return null;
    const name = id.slice(6);
    const load = `loaded ??= require(${JSON.stringify(`chunk:${chunkOf(name)}`)})`;
    return [
      'let loaded;',
      ...functionsOf(name).map((fn) => `export function ${fn}(...args) { return (${load}).${fn}(...args); }`),
    ].join('\n');
  },
};

/** What a module in `LAZY` exports; nothing but a function can wait until it is called. */
function functionsOf(name) {
  const text = readFileSync(fileOf(name), 'utf8');
  const other = /^export (?!type |interface |(?:async )?function )(.*)/m.exec(text);
  if (other) throw new Error(`lib/${name}.ts is loaded lazily and can export functions only: ${other[0]}`);
  return [...text.matchAll(/^export (?:async )?function (\w+)/gm)].map(([, fn]) => fn);
}

/** Gives importers of a module in `RARE` functions that require it when they are called. */
const rare = {
  name: 'rare',
  resolveId: (source) => (RARE.includes(source) ? { id: `\0rare:${source}` } : null),
  load(id) {
    if (!id.startsWith('\0rare:')) return null;
    const name = id.slice(6);
    const functions = Object.entries(require(name)).filter(
      ([key, value]) => typeof value === 'function' && /^[a-z]/.test(key),
    );
    return functions
      .map(
        ([fn]) =>
          `export function ${fn}(...args) { return process.getBuiltinModule('${name}').${fn}(...args); }`,
      )
      .join('\n');
  },
};

/** `__dirname` is where the source file stands below lib, seen from the build, in whatever chunk it ends. */
const dirnames = {
  name: 'dirnames',
  transform(code, id) {
    if (!id.startsWith(lib) || !code.includes('__dirname')) return null;
    const folder = dirname(nameOf(id));
    return code.replaceAll('__dirname', `require('node:path').join(__dirname, ${JSON.stringify(folder)})`);
  },
  generateBundle(_, bundle) {
    for (const { fileName, code } of Object.values(bundle))
      if (fileName.includes('/') && code.includes('__dirname'))
        throw new Error(`${fileName} uses __dirname, which is right in the top folder of the build only`);
  },
};

/** Loads the packages in `PACKAGES` from the file that the build has of each. */
const packages = {
  name: 'packages',
  resolveId: (source) =>
    PACKAGES.includes(source) ? { id: `./package-${source}.js`, external: true } : null,
};

/** A chunk of what several entries share is called by the room that most of it is from. */
function sharedName({ moduleIds }) {
  const rooms = moduleIds.filter((id) => id.startsWith(lib)).map((id) => nameOf(id).split('/')[0]);
  const files = (room) => rooms.filter((each) => each === room).length;
  const [most = 'runtime'] = [...new Set(rooms)].sort((a, b) => files(b) - files(a));
  return `${most}-[hash].js`;
}

const input = {
  cwd: root,
  platform: 'node',
  external: (id) =>
    /^[a-z@]/.test(id) &&
    !id.startsWith('chunk:') &&
    !PACKAGES.includes(id) &&
    !RARE.includes(id) &&
    !/^[a-z]:[\\/]/i.test(id),
  onLog(_, { message }) {
    throw new Error(message);
  },
};

const output = {
  format: 'cjs',
  exports: 'named',
  esModule: true,
  comments: false,
  entryFileNames: '[name].js',
  chunkFileNames: sharedName,
};

/** Writes a package as one file, under its license. */
async function bundlePackage(name, target) {
  const folder = join(root, 'node_modules', name);
  const license = readFileSync(join(folder, 'LICENSE'), 'utf8').trim();
  const { rolldown } = await import('rolldown');
  const own = await rolldown({
    ...input,
    input: { [`package-${name}`]: require.resolve(name) },
    plugins: [rare],
  });
  await own.write({ ...output, banner: `/*\n${license}\n*/`, dir: target, codeSplitting: false });
}

/** Writes the code, the ESM files over it and the data to `target`, an empty folder. */
async function bundle(target) {
  const { rolldown } = await import('rolldown');
  const names = [...OFFERED, ...STARTED, ...LAZY.keys()];
  const entries = Object.fromEntries(names.map((name) => [chunkOf(name), fileOf(name)]));
  const main = await rolldown({ ...input, input: entries, plugins: [packages, rare, lazy, dirnames] });
  const { output: chunks } = await main.write({ ...output, dir: target });
  for (const name of PACKAGES) await bundlePackage(name, target);
  for (const name of PROCESSES) {
    const own = await rolldown({ ...input, input: { [name]: fileOf(name) }, plugins: [dirnames] });
    await own.write({ ...output, dir: target, codeSplitting: false });
  }
  for (const name of OFFERED) {
    const chunk = chunks.find((each) => each.isEntry && each.name === chunkOf(name));
    const { code, types } = esmEntry(name, chunkOf(name), chunk.exports);
    writeFileSync(join(target, `${chunkOf(name)}.mjs`), code);
    const declarations = join(target, 'types', `${name}.d.mts`);
    mkdirSync(dirname(declarations), { recursive: true });
    writeFileSync(declarations, types);
  }
  cpSync(join(lib, SCHEMAS), join(target, SCHEMAS), { recursive: true });
  mkdirSync(join(target, DEFINITIONS), { recursive: true });
  for (const name of readdirSync(join(lib, DEFINITIONS)))
    writeFileSync(
      join(target, DEFINITIONS, `${name}.gz`),
      gzipSync(readFileSync(join(lib, DEFINITIONS, name)), { level: 9 }),
    );
  writeFileSync(join(target, 'digest.txt'), digestOf(target));
}

/** A digest of all files of a folder: what one build keeps between runs is used by no other one. */
function digestOf(folder) {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort())
    hash.update(`${relative(folder, file)}\0${statSync(file).size}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

/** Data of built-in kinds, of which most runs read some. */
const SCHEMAS = join('kube', 'schema', 'data');

/** Data of custom kinds, of which few runs read one or two: compressed, they are a sixth. */
const DEFINITIONS = join('kube', 'custom', 'data');

module.exports = { bundle, OFFERED };
