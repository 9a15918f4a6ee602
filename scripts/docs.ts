/**
 * Writes the generated parts of pages anew, the page of the API, and pictures:
 *
 *     npm run docs
 *
 * A test fails where a page is stale.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { declarations } from './api/declarations';
import { apiReport } from './api/report';
import { PAGES } from './docs/pages';
import { customPatches, patches } from './docs/patches';
import { fitPicture } from './docs/fit-story';
import { changePicture } from './docs/pictures';
import { filled } from './docs/sections';

const ROOT = join(__dirname, '..');

for (const { path, sections } of PAGES) write(path, (text) => filled(text, sections));
write('docs/pictures/change.svg', changePicture);
write('docs/pictures/fit.svg', fitPicture);
write('lib/kube/patches.ts', patches);
write('lib/kube/custom/patches.ts', customPatches);
write('docs/reference/api.md', () => apiReport(declarations()));

function write(path: string, page: (text: string) => string): void {
  const file = join(ROOT, path);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const fresh = page(text);
  if (fresh !== text) writeFileSync(file, fresh);
  console.log(`${fresh === text ? 'is fresh' : 'written '}  ${path}`);
}
