import { nearest, oneOf } from '../../errors';
import { pathProblem } from '../../gitops/folder';
import { TARGET_NAMES, TARGETS } from '../../gitops/registry';
import type {
  OptionShape,
  Placement,
  Repository,
  Target,
  TargetChoice,
  TargetOptions,
} from '../../gitops/target';
import type { Layout } from '../../output/layout';
import { isRecord, isText, readSectionAt, show, type Report, type Section } from './section';

const LAYOUTS: readonly Layout[] = ['chart', 'object'];
const PLACEMENT = ['path', 'onePerObject', 'namespaceFolders', 'crdsFirst'];

/** What `layout` says: a word, or how targets place their files. */
export function readLayout(
  { values, keys }: Section,
  report: Report,
): { readonly layout?: Layout; readonly placement?: Placement } {
  const { layout } = values;
  if (layout === undefined) return {};
  if (LAYOUTS.includes(layout as Layout)) {
    const isObject = layout === 'object';
    return { layout: layout as Layout, ...(isObject && { placement: { onePerObject: true } }) };
  }
  const below = [...keys, 'layout'];
  if (!isRecord(layout)) {
    report(below, `expected ${oneOf(LAYOUTS)}, not ${show(layout)}`);
    return {};
  }
  const section = readSectionAt(layout, below, PLACEMENT, report);
  if (section === undefined) return {};
  const path = readText(section, 'path', report);
  const fault = path === undefined ? undefined : pathProblem(path);
  if (fault !== undefined)
    report(
      [...below, 'path'],
      `Invalid value: ${show(path)}: ${fault}`,
      'For example: {target}/{app}/{environment}',
    );
  const flags = Object.fromEntries(
    PLACEMENT.slice(1).flatMap((key) => {
      const value = readFlag(section, key, report);
      return value === undefined ? [] : [[key, value]];
    }),
  ) as Placement;
  return {
    ...(flags.onePerObject === true && { layout: 'object' }),
    placement: { ...flags, ...(path !== undefined && fault === undefined && { path }) },
  };
}

/** What `targets` and `repository` say. */
export function readGitops(
  section: Section,
  report: Report,
): { readonly targets?: readonly TargetChoice[]; readonly repository?: Partial<Repository> } {
  const targets = readTargets(section, report);
  const repository = readRepository(section, report);
  return { ...(targets !== undefined && { targets }), ...(repository !== undefined && { repository }) };
}

/** A list of names, or options by name. */
function readTargets({ values, keys }: Section, report: Report): readonly TargetChoice[] | undefined {
  const { targets } = values;
  if (targets === undefined || targets === null) return undefined;
  const below = [...keys, 'targets'];
  if (Array.isArray(targets)) {
    const names = new Set<unknown>(targets);
    return [...names].flatMap((name) => {
      const target = targetNamed(name, below, report);
      return target === undefined ? [] : [{ name: target.name, options: {} }];
    });
  }
  if (!isRecord(targets)) {
    report(below, `expected a list of targets, or options by target, not ${show(targets)}`);
    return undefined;
  }
  return Object.entries(targets).flatMap(([name, value]) => {
    const target = targetNamed(name, [...below, name], report);
    return target === undefined ? [] : [readTarget(target, value, [...below, name], report)];
  });
}

function targetNamed(name: unknown, keys: readonly string[], report: Report): Target | undefined {
  const target = TARGETS.find((each) => each.name === name);
  if (target !== undefined) return target;
  const near = typeof name === 'string' ? nearest(name, TARGET_NAMES) : undefined;
  report(
    keys,
    `expected ${oneOf(TARGET_NAMES)}, not ${show(name)}`,
    near === undefined ? undefined : `Did you mean ${near}?`,
  );
  return undefined;
}

function readTarget(
  { name, options }: Target,
  value: unknown,
  keys: readonly string[],
  report: Report,
): TargetChoice {
  const section = readSectionAt(value, keys, ['environments', ...Object.keys(options)], report);
  if (section === undefined) return { name, options: {} };
  const environments = readNames(section, report);
  return {
    name,
    ...(environments !== undefined && { environments }),
    options: readOptions(section, options, report),
  };
}

function readOptions(
  section: Section,
  shapes: Readonly<Record<string, OptionShape>>,
  report: Report,
): TargetOptions {
  const read = Object.entries(shapes).flatMap(([key, { type, words = [] }]) => {
    const value = type === 'flag' ? readFlag(section, key, report) : readText(section, key, report);
    if (typeof value === 'string' && type === 'word' && !words.includes(value)) {
      const near = nearest(value, words);
      report(
        [...section.keys, key],
        `expected ${oneOf(words)}, not ${show(value)}`,
        near === undefined ? undefined : `Did you mean ${near}?`,
      );
      return [];
    }
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(read);
}

/** What `environments` says: a list of their names. */
export function readNames({ values, keys }: Section, report: Report): readonly string[] | undefined {
  const { environments } = values;
  if (environments === undefined) return undefined;
  if (Array.isArray(environments) && environments.every(isText)) return environments;
  report(
    [...keys, 'environments'],
    `expected a list of environments, not ${show(environments)}`,
    'For example: [production]',
  );
  return undefined;
}

function readRepository({ values, keys }: Section, report: Report): Partial<Repository> | undefined {
  const section = readSectionAt(
    values['repository'],
    [...keys, 'repository'],
    ['url', 'revision', 'path'],
    report,
  );
  if (section === undefined) return undefined;
  const url = readText(section, 'url', report);
  const revision = readText(section, 'revision', report);
  const path = readText(section, 'path', report)?.replace(/^\.?\/+|\/+$/g, '');
  return {
    ...(url !== undefined && { url }),
    ...(revision !== undefined && { revision }),
    ...(path !== undefined && { path: path === '.' ? '' : path }),
  };
}

function readText({ values, keys }: Section, key: string, report: Report): string | undefined {
  const value = values[key];
  if (value === undefined || isText(value)) return value;
  report([...keys, key], `expected a text, not ${show(value)}`);
  return undefined;
}

function readFlag({ values, keys }: Section, key: string, report: Report): boolean | undefined {
  const value = values[key];
  if (value === undefined || typeof value === 'boolean') return value;
  report([...keys, key], `expected true or false, not ${show(value)}`);
  return undefined;
}
