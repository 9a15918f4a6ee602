import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

const root = join(__dirname, '..', '..');

interface Packed {
  readonly files: readonly { readonly path: string }[];
}

/** What `npm pack` would put into the tarball. */
function packed(): string[] {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline'];
  const [tarball] = JSON.parse(execFileSync('npm', args, { cwd: root, encoding: 'utf8' })) as [Packed];
  return tarball.files.map(({ path }) => path);
}

/** Files and folders that a page links to, from the root of the package. */
function linksOf(page: string): string[] {
  const text = readFileSync(join(root, page), 'utf8').replace(/```[^]*?```/g, '');
  const targets = [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => posix.normalize(posix.join(posix.dirname(page), target)));
}

const files = packed();
const pages = files.filter((file) => file.endsWith('.md'));

test('links between pages lead to files of the package', () => {
  const dead = pages.flatMap((page) =>
    linksOf(page)
      .filter((target) => !files.some((file) => file === target || file.startsWith(`${target}/`)))
      .map((target) => `${page} → ${target}`),
  );
  expect(dead).toEqual([]);
  expect(pages.flatMap(linksOf).length).toBeGreaterThan(20);
});

test('the package has no sources, tests of ours or build tools', () => {
  const allowed = /^(bin|build|docs|examples)\/|^[A-Z]+(\.md)?$|^package\.json$/;
  expect(files.filter((file) => !allowed.test(file))).toEqual([]);
});
