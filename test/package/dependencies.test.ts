import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

interface Package {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly hasInstallScript?: boolean;
}

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, Package>>;
};

/** Paths of what npm installs for the package at `path`, with its peers that are not optional. */
function installedFor(path: string, known = new Set<string>()): Set<string> {
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = packages[path] ?? {};
  const peers = Object.keys(peerDependencies ?? {}).filter(
    (name) => peerDependenciesMeta?.[name]?.optional !== true,
  );
  for (const name of [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]) {
    const found = resolve(name, path);
    if (found === undefined || known.has(found)) continue;
    known.add(found);
    installedFor(found, known);
  }
  return known;
}

function resolve(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = folder.replace(/(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+$/, '')) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[path] !== undefined) return path;
    if (folder === '') return undefined;
  }
}

const page = readFileSync(join(root, 'docs', 'dependencies.md'), 'utf8');

describe('what npm installs with the package', () => {
  const installed = installedFor('');

  it('is as many packages as the page says, none with an install script', () => {
    // The page counts the package itself.
    expect(page).toContain(`adds ${installed.size + 1} packages`);
    expect([...installed].filter((path) => packages[path]?.hasInstallScript === true)).toEqual([]);
  });
});

it('the page names every package with an install script', () => {
  const scripts = Object.keys(packages).filter((path) => packages[path]?.hasInstallScript === true);
  const names = scripts.map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
