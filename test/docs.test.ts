import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runInThisContext } from 'node:vm';
import ts from 'typescript';
import { installHost, type AppResult } from '../lib/host';
import * as seaworthy from '../lib/index';
import * as testing from '../lib/testing';
import { PAGES, programs, ROOT } from './docs/programs';

/** Charts are rendered by what stands in for helm. */
class HelmChart extends seaworthy.HelmChart {
  constructor(...[scope, id, props]: ConstructorParameters<typeof seaworthy.HelmChart>) {
    super(scope, id, { ...props, helm: join(ROOT, 'test/constructs/charts/bin/helm') });
  }
}

/** Runs a program as a user would, and gives the apps that it hands to its host. */
function run(code: string): AppResult[] {
  const results: AppResult[] = [];
  const { outputText } = ts.transpileModule(code, { compilerOptions: { module: ts.ModuleKind.CommonJS } });
  const load = createRequire(__filename);
  const given: Readonly<Record<string, unknown>> = {
    seaworthy: { ...seaworthy, HelmChart },
    'seaworthy/testing': testing,
    'node:test': { test: (_: string, body: () => void) => body() },
  };
  const provide = (name: string): unknown => given[name] ?? load(name);
  const quiet = { log: () => undefined };
  const removeHost = installHost({ receive: (result) => results.push(result) });
  try {
    const program = runInThisContext(`(function (require, exports, console) {${outputText}\n})`) as (
      ...args: unknown[]
    ) => void;
    program(provide, {}, quiet);
  } finally {
    removeHost();
  }
  return results;
}

test('the pages hold programs', () => {
  expect(programs.length).toBeGreaterThan(6);
});

test.each(programs)('$name runs', ({ code }) => {
  const isFragment = code.includes('chart') && !code.includes('.synth()') && !code.includes('synth(app)');
  const withSynth = isFragment ? `${code}\nchart.node.root.synth();` : code;
  expect(() => run(withSynth)).not.toThrow();
});

test('the first program of README is examples/shop.ts, and its output is shown in full', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const code = readFileSync(join(ROOT, 'examples/shop.ts'), 'utf8');
  expect(readme).toContain(`\`\`\`ts\n${code}\`\`\``);
  const [result] = run(code);
  expect(readme).toContain(
    `\`\`\`yaml\n${seaworthy.ManifestSet.from(result?.manifests ?? []).toYaml()}\`\`\``,
  );
});

/** Code as its words alone, however it is broken into lines. */
const words = (code: string): string => code.replace(/\s+/g, ' ').replace(/([([{]) | ?,? ([)\]}])/g, '$1$2');

test('the tests on the pages are those of examples/testing', () => {
  const page = (name: string) => readFileSync(join(ROOT, 'docs/guide', name), 'utf8');
  const example = (name: string) => words(readFileSync(join(ROOT, 'examples/testing', name), 'utf8'));
  const shown = [...page('testing.md').matchAll(/```typescript\n([\s\S]*?)```/g)].map(
    ([, code = '']) => code,
  );
  expect(shown.length).toBeGreaterThan(5);
  expect(shown.filter((code) => !example('shop.test.ts').includes(words(code).trim()))).toEqual([]);
  const rows = page('testing-for-helm-and-cdk-users.md').matchAll(/^\| \d+ \|.*\| `(.*)` \|$/gm);
  const ported = [...rows].map(([, code = '']) => code);
  expect(ported).toHaveLength(25);
  expect(ported.filter((code) => !example('ported.test.ts').includes(words(code)))).toEqual([]);
});

test('every link between the pages leads somewhere', () => {
  const pages = [...PAGES, 'CONTRIBUTING.md', 'docs/performance.md', 'docs/dependencies.md'];
  const broken = pages.flatMap((page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? '');
    return links.filter(
      (link) =>
        !ts.sys.fileExists(join(ROOT, dirname(page), link)) &&
        !ts.sys.directoryExists(join(ROOT, dirname(page), link)),
    );
  });
  expect(broken).toEqual([]);
});
