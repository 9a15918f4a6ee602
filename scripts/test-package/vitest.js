'use strict';
// The matchers in Vitest, whose types and `expect` are found differently in each of its major versions.
const { mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

/** Major versions, and the first Node that each runs on; types are checked in any. */
const VERSIONS = { 3: 18, 4: 20, 5: 22 };

const BODY = `import { App, Chart, WebService } from 'seaworthy';
import 'seaworthy/testing/vitest';
test('the matchers are there', () => {
  const app = new App();
  new WebService(new Chart(app, 'hello'), 'web', { image: 'nginx:1.27', port: 8080 });
  expect(app).toHaveResource('Service', { spec: { ports: [{ port: 8080 }] } });
  expect(app).not.toHaveResource('StatefulSet');
  expect(() => expect(app).toHaveResource('StatefulSet')).toThrow('StatefulSet');
  // @ts-expect-error -- a kind is text; without the types this is no error, or more than one
  expect(() => expect(app).toHaveResource(1)).toThrow();
});
`;
const TEST = `import { expect, test } from 'vitest';\n${BODY}`;

/** How projects find the types of a package. */
const RESOLUTIONS = {
  nodenext: { module: 'nodenext' },
  bundler: { module: 'preserve', moduleResolution: 'bundler' },
};

/** Tests with imported and with global functions, in projects of both types, for each major version. */
function vitestWays({ folder, tarball, node, nodeVersion, npm, way }) {
  for (const [version, firstNode] of Object.entries(VERSIONS)) {
    const project = join(folder, `vitest-${version}`);
    const write = (name, content) => writeFileSync(join(project, name), content);
    const json = (name, content) => write(name, JSON.stringify(content));
    const run = (name, program, ...args) =>
      way(
        `Vitest ${version}: ${name}`,
        node,
        [join(project, 'node_modules', program), ...args],
        undefined,
        project,
      );
    mkdirSync(project);
    json('package.json', { private: true });
    npm(
      [
        'install',
        '--no-audit',
        '--no-fund',
        '--ignore-scripts',
        tarball,
        `vitest@${version}`,
        'typescript@5',
      ],
      project,
    );
    write('imported.test.ts', TEST);
    write('global.test.ts', BODY);
    for (const type of ['commonjs', 'module']) {
      json('package.json', { private: true, type });
      for (const [name, resolution] of Object.entries(RESOLUTIONS)) {
        const compilerOptions = {
          ...resolution,
          target: 'es2022',
          strict: true,
          noEmit: true,
          skipLibCheck: true,
        };
        json('imported.json', { compilerOptions, files: ['imported.test.ts'] });
        json('global.json', {
          compilerOptions: { ...compilerOptions, types: ['vitest/globals'] },
          files: ['global.test.ts'],
        });
        run(`types, ${name}, in a ${type} package`, 'typescript/bin/tsc', '-p', 'imported.json');
        run(`types of globals, ${name}, in a ${type} package`, 'typescript/bin/tsc', '-p', 'global.json');
      }
    }
    if (nodeVersion < firstNode) {
      console.log(`skipped Vitest ${version}: it needs Node ${firstNode}`);
      continue;
    }
    run('without globals', 'vitest/vitest.mjs', 'run', 'imported.test.ts');
    run('with globals', 'vitest/vitest.mjs', 'run', '--globals', 'global.test.ts');
  }
}

module.exports = { vitestWays };
