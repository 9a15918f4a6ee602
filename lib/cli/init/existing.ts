import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SeaworthyError } from '../../errors';
import { isRecord, show } from '../project/section';
import { dependencies, existingTemplates } from './templates';

/** What `init` adds to a project. */
export interface Addition {
  /** Files to create, by path. */
  readonly created: ReadonlyMap<string, string>;
  /** The new text of package.json; nothing if it has all that is needed. */
  readonly packageJson?: string;
  /** What was added to package.json. */
  readonly added: readonly string[];
  /** The commands that install packages, and that run one of the project's programs. */
  readonly manager: Manager;
}

/** How a package manager is called. */
export interface Manager {
  readonly install: string;
  readonly run: string;
}

export const NPM: Manager = { install: 'npm install', run: 'npx' };

/** Package managers by their lock file. */
const MANAGERS: readonly (readonly [string, Manager])[] = [
  ['pnpm-lock.yaml', { install: 'pnpm install', run: 'pnpm exec' }],
  ['yarn.lock', { install: 'yarn install', run: 'yarn' }],
  ['bun.lock', { install: 'bun install', run: 'bunx' }],
  ['bun.lockb', { install: 'bun install', run: 'bunx' }],
];

const SECTIONS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

/**
 * What a folder with a package.json needs: the packages, and where it has no cdk8s.yaml yet, that and an app in a folder of
 * its own. Nothing that is there is changed.
 *
 * @throws SeaworthyError CONFIG_INVALID for a package.json that cannot be read, OUTPUT_NOT_OURS where the app would go
 */
export function additionTo(folder: string): Addition {
  const created = existsSync(join(folder, 'cdk8s.yaml')) ? new Map<string, string>() : existingTemplates();
  const taken = [...created.keys()].find((path) => existsSync(join(folder, path)));
  if (taken !== undefined)
    throw new SeaworthyError({
      code: 'OUTPUT_NOT_OURS',
      place: join(folder, taken),
      message: 'init would write this file, and it exists',
      hint: 'Write a cdk8s.yaml with `app: jiti FILE`, and run this again for the packages.',
    });
  const manager = MANAGERS.find(([lock]) => existsSync(join(folder, lock)))?.[1] ?? NPM;
  return { created, manager, ...withPackages(join(folder, 'package.json')) };
}

function withPackages(file: string): Pick<Addition, 'packageJson' | 'added'> {
  const text = readFileSync(file, 'utf8');
  const project = parse(text, file);
  const known = new Set(SECTIONS.flatMap((section) => Object.keys(sectionOf(project, section, file))));
  const { dependencies: needed, devDependencies: tools } = dependencies();
  const wanted = [
    { section: 'dependencies', packages: Object.entries(needed) },
    { section: 'devDependencies', packages: Object.entries(tools).filter(([name]) => name === 'jiti') },
  ];
  const added: string[] = [];
  const changed: Record<string, unknown> = { ...project };
  for (const { section, packages } of wanted) {
    const missing = packages.filter(([name]) => !known.has(name));
    if (missing.length === 0) continue;
    added.push(...missing.map(([name]) => name));
    const all = [...Object.entries(sectionOf(project, section, file)), ...missing];
    changed[section] = Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  return added.length === 0 ? { added } : { added, packageJson: written(changed, text) };
}

function parse(text: string, place: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    // npm reads a file with a byte order mark, too.
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new SeaworthyError({
      code: 'CONFIG_INVALID',
      place,
      message: 'not JSON',
      hint: 'Run npm pkg fix.',
    });
  }
  if (isRecord(value)) return value;
  throw new SeaworthyError({
    code: 'CONFIG_INVALID',
    place,
    message: `expected an object, not ${show(value)}`,
  });
}

function sectionOf(
  project: Readonly<Record<string, unknown>>,
  path: string,
  place: string,
): Readonly<Record<string, unknown>> {
  const value = project[path] ?? {};
  if (isRecord(value)) return value;
  const message = `expected an object, not ${show(value)}`;
  throw new SeaworthyError({ code: 'CONFIG_INVALID', place, path, message });
}

/** With the indentation and line ends of `original`, as npm writes it. */
function written(project: object, original: string): string {
  const indent = /^\ufeff?\{\r?\n([ \t]+)/.exec(original)?.[1] ?? '  ';
  const text = `${JSON.stringify(project, null, indent)}\n`;
  return original.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}
