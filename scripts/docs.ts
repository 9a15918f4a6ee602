/**
 * Writes the generated parts of the reference pages anew:
 *
 *     npm run docs
 *
 * A test fails where a page is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PAGES } from './docs/pages';
import { filled } from './docs/sections';

const ROOT = join(__dirname, '..');

for (const { path, sections } of PAGES) {
  const file = join(ROOT, path);
  const text = readFileSync(file, 'utf8');
  const fresh = filled(text, sections);
  if (fresh !== text) writeFileSync(file, fresh);
  console.log(`${fresh === text ? 'is fresh' : 'written '}  ${path}`);
}
