import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Include } from 'cdk8s';
import { App, Chart, ConfigMap, Secret, synth } from '../../lib';
import { problemsOf } from './rendering';

const folder = mkdtempSync(join(tmpdir(), 'include-'));
afterAll(() => rmSync(folder, { recursive: true }));

function at(name: string): string {
  return join(folder, name);
}

mkdirSync(at('nothing'));
mkdirSync(at('nothing/below'));
writeFileSync(at('comments.yaml'), '# nothing\n---\n');
writeFileSync(at('one.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: one }\n');
symlinkSync('gone.yaml', at('dangling.yaml'));

/** What is said of an Include of `url`. */
function told(url: string): ReturnType<typeof problemsOf> {
  return problemsOf(() => {
    const app = new App();
    new Include(new Chart(app, 'shop'), 'theirs', { url });
    synth(app);
  });
}

describe('an Include of cdk8s', () => {
  it.each([
    ['a file that is not there', 'no-such.yaml', 'no such file: "'],
    ['a folder', 'nothing', 'is a folder, not a file'],
    ['a link to nothing', 'dangling.yaml', 'is a link to a file that is not there'],
    ['a file of comments', 'comments.yaml', 'the included file has no objects'],
  ])('is told of %s, with the line', (_, name, message) => {
    expect(told(at(name))).toMatchObject([
      {
        code: 'INPUT_UNREADABLE',
        path: 'url',
        message: expect.stringContaining(message) as string,
        source: expect.stringMatching(/include\.test\.ts:\d+$/) as string,
      },
    ]);
  });

  it('reads a file', () => {
    expect(told(at('one.yaml'))).toEqual([]);
  });
});

it.each([
  ['ConfigMap', ConfigMap],
  ['Secret', Secret],
])('a %s of a folder without files is told', (_, type) => {
  const app = new App();
  new type(new Chart(app, 'shop'), 'settings', { directory: at('nothing') });
  expect(problemsOf(() => synth(app))).toMatchObject([
    {
      code: 'INPUT_UNREADABLE',
      place: 'shop/settings',
      path: 'directory',
      message: 'the folder has no files',
    },
  ]);
});
