import { join } from 'node:path';
import { filesIn, emptyFolder, remove } from '../output/outputs';
import { projectAt, synthIn } from './process';
import { set } from './shop';

let top: string;

beforeAll(() => void (top = emptyFolder()));
afterAll(() => remove(top));

/** Places where another order of letters, another case of `i` and another date are the rule. */
const PLACES = [
  { folder: 'a', LC_ALL: 'C', LANG: 'C', TZ: 'UTC' },
  { folder: 'deeper/and with a space', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' },
];

it('writes the same bytes for all targets in every folder, language and zone of time', () => {
  const [one, other] = PLACES.map(({ folder, ...env }) => {
    const project = join(top, folder);
    projectAt(project, [...set]);
    synthIn(project, env);
    return filesIn(join(project, 'dist'));
  });
  expect(Object.keys(one ?? {}).length).toBeGreaterThan(60);
  expect(other).toEqual(one);
}, 60_000);
