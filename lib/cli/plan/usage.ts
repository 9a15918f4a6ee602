import { SeaworthyError } from '../../errors';
import type { PlanFlags } from './flags';

/** What to run where there is no app: of files at a revision, git makes a folder. */
export function namingFiles(base?: string): string {
  if (base === undefined) return 'To compare files or folders, name both: seaworthy plan before/ after/.';
  const revision = /^[\w./~^][\w./~^-]*$/.test(base) ? base : 'REVISION';
  return `To compare files with those at a revision: git worktree add --detach ../before ${revision}, then seaworthy plan ../before/deploy deploy.`;
}

/** Options that select the sides, and the options that have no effect with them. */
const MIXTURES: readonly (readonly [flag: keyof Given, others: readonly (keyof Given)[]])[] = [
  ['paths', ['base', 'head', 'between', 'app', 'timeout']],
  ['between', ['base', 'head', 'environment', 'failOn']],
  ['head', ['app', 'timeout']],
];

interface Given extends PlanFlags {
  /** `before/ after/`, if there are any. */
  readonly paths?: string;
}

/**
 * Refuses options that exclude each other.
 *
 * @throws SeaworthyError USAGE
 */
export function refuseMixtures(paths: readonly string[], options: PlanFlags): void {
  if (paths.length === 1)
    throw usage('expected two paths, got one', 'For example: seaworthy plan before/ after/.');
  if (paths.length === 2 && paths.every((path) => path === '-'))
    throw usage('stdin cannot be both sides', 'Use a file or a folder for one of them.');
  const given: Given = { ...options, ...(paths.length > 0 && { paths: paths.join(' ') }) };
  for (const [flag, others] of MIXTURES) {
    const other = others.find((name) => given[flag] !== undefined && given[name] !== undefined);
    if (other === undefined) continue;
    throw usage(`${named(flag)} cannot be used with ${named(other)}`, 'Leave out one of them.');
  }
  if (options.head !== undefined && options.base === undefined)
    throw usage('--head needs --base, the revision to compare with', 'For example: --base v1.4 --head v1.5.');
  if (options.namespace !== undefined && paths.length === 0)
    throw usage(
      '--namespace is for files whose objects have no namespace',
      'Leave it out: the objects of the app have theirs.',
    );
  const { between } = options;
  if (between !== undefined && between.length !== 2)
    throw usage('--between takes two environments', 'For example: --between staging production.');
}

/**
 * Refuses options that have no meaning for a cluster as it is.
 *
 * @throws SeaworthyError USAGE
 */
export function refuseForCluster(paths: readonly string[], flags: PlanFlags): void {
  const { base, head, between, apply } = flags;
  const other = Object.entries({ '--base': base, '--head': head, '--between': between }).find(
    ([, value]) => value !== undefined,
  );
  if (other !== undefined) throw usage(`--live cannot be used with ${other[0]}`, 'Leave out one of them.');
  if (paths.length > 1)
    throw usage('--live takes the place of the first path', 'For example: seaworthy plan --live deploy/.');
  if (apply === 'helm')
    throw usage(
      'what Helm applied before is in its own records, which --live does not read',
      'Leave out --apply helm.',
    );
}

/** Refuses options about a cluster where none is asked. @throws SeaworthyError USAGE */
export function refuseWithoutCluster({ kubeconfig, context, fieldManager }: PlanFlags): void {
  const given = Object.entries({
    '--kubeconfig': kubeconfig,
    '--context': context,
    '--field-manager': fieldManager,
  });
  const [name] = given.find(([, value]) => value !== undefined) ?? [];
  if (name !== undefined) throw usage(`${name} needs --live`, 'Add --live to compare with a cluster.');
}

function named(flag: keyof Given): string {
  if (flag === 'paths') return 'files to compare';
  return `--${flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function usage(message: string, hint: string): SeaworthyError {
  return new SeaworthyError({ code: 'USAGE', message, hint });
}
