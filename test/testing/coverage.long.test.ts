import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageFolder } from '../cli/support/package';

const object = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'api' },
  spec: {
    type: 'ClusterIP',
    ports: [
      { name: 'http', port: 80 },
      { name: 'dns', port: 53 },
    ],
    selector: {},
  },
};

test('the reporter gathers from the processes of a real run of Jest', () => {
  const root = join(__dirname, '../..');
  const folder = mkdtempSync(join(tmpdir(), 'coverage-'));
  mkdirSync(join(folder, 'test'));
  const kit = (file: string) => join(packageFolder(), 'build', file);
  const testOf = (pattern: string) => `
    require(${JSON.stringify(kit('testing-jest.js'))});
    const { Manifests } = require(${JSON.stringify(kit('testing-index.js'))});
    test('a', () => expect(${JSON.stringify([object])}).toHaveResource('Service', ${pattern}));`;
  writeFileSync(join(folder, 'test/a.test.js'), testOf(`{ spec: { type: 'ClusterIP' } }`));
  writeFileSync(join(folder, 'test/b.test.js'), testOf(`{ spec: { selector: {} } }`));
  const config = {
    rootDir: folder,
    reporters: [[kit('testing-coverage-reporter.js'), { file: 'out.json' }]],
    modulePaths: [join(root, 'node_modules')],
  };
  writeFileSync(join(folder, 'jest.config.json'), JSON.stringify(config));
  const bin = join(root, 'node_modules/jest/bin/jest.js');
  const printed = execFileSync(
    process.execPath,
    [bin, '--config', join(folder, 'jest.config.json'), '-w', '2'],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const { fields, objects } = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')) as {
    fields: unknown;
    objects: { missed: string[] }[];
  };
  rmSync(folder, { recursive: true });
  expect(printed).toContain('fields looked at');
  expect(fields).toEqual({ total: 6, looked: 2 });
  expect(objects[0]?.missed).toHaveLength(4);
});
