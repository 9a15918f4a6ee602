import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { declarations, ENTRIES } from '../../scripts/api/declarations';
import { unnamedTypes } from '../../scripts/api/exported';
import { apiReport } from '../../scripts/api/report';

const declared = declarations();

test('docs/reference/api.md is as `npm run docs` writes it', () => {
  const page = readFileSync(join(__dirname, '../../docs/reference/api.md'), 'utf8');
  expect(page).toBe(apiReport(declared));
});

test.each([...ENTRIES.keys()])('every type in a signature of %s is exported', (entry) => {
  expect(unnamedTypes(declared, entry)).toEqual([]);
});

test('each entry of package.json is in the report', () => {
  const { exports } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as {
    readonly exports: Readonly<Record<string, unknown>>;
  };
  const entries = Object.keys(exports).filter((path) => !path.endsWith('.json'));
  expect(entries.map((path) => path.replace('.', 'seaworthy'))).toEqual([...ENTRIES.keys()]);
});
