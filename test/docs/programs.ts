import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The project's folder. */
export const ROOT = join(__dirname, '../..');

/** The pages that people read, from it. */
export const PAGES = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs/guide')).map((page) => `docs/guide/${page}`),
];

/** Every TypeScript program of the pages, with the line it begins at. */
export const programs = PAGES.flatMap((page) => {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => {
    const line = text.slice(0, match.index).split('\n').length;
    return { name: `${page}:${line}`, code: match[1] ?? '' };
  });
});
