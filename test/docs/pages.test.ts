import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PAGES } from '../../scripts/docs/pages';
import { seaworthy } from '../cli/support/cli';
import { customPatches, patches } from '../../scripts/docs/patches';
import { fitPicture, fitStory } from '../../scripts/docs/fit-story';
import { changePicture } from '../../scripts/docs/pictures';
import { filled } from '../../scripts/docs/sections';

it.each(PAGES.map((page) => [page.path, page] as const))(
  '%s is as `npm run docs` writes it',
  (path, { sections }) => {
    const text = readFileSync(join(__dirname, '..', '..', path), 'utf8');
    expect(filled(text, sections)).toBe(text);
  },
);

it.each([
  ['change', changePicture],
  ['fit', fitPicture],
])('the picture %s is as `npm run docs` writes it', (name, picture) => {
  expect(readFileSync(join(__dirname, `../../docs/pictures/${name}.svg`), 'utf8')).toBe(picture());
});

it('the page on fit shows what the command prints', async () => {
  const { stdout } = await seaworthy(join(__dirname, '../../examples/fit'), [
    'fit',
    'shop.yaml',
    '--nodes',
    'nodes.yaml',
  ]);
  expect(fitStory()).toContain(`--nodes nodes.yaml\n${stdout}\`\`\``);
});

it('the types of overrides are as `npm run docs` writes them', () => {
  expect(readFileSync(join(__dirname, '../../lib/kube/patches.ts'), 'utf8')).toBe(patches());
  expect(readFileSync(join(__dirname, '../../lib/kube/custom/patches.ts'), 'utf8')).toBe(customPatches());
});

describe('a page', () => {
  const page = 'By hand.\n<!-- begin list, by npm run docs -->\nold\n<!-- end list -->\nBy hand too.\n';

  it('keeps what is written by hand', () => {
    expect(filled(page, { list: () => '- new\n' })).toBe(
      'By hand.\n<!-- begin list, by npm run docs -->\n\n- new\n\n<!-- end list -->\nBy hand too.\n',
    );
  });

  it('needs a place for each section, and a writer for each place', () => {
    expect(() => filled('', { list: () => '' })).toThrow('no place for list');
    expect(() => filled(page, {})).toThrow('section list');
  });
});
