/**
 * What `seaworthy check`, kube-linter, kube-score and Polaris find in the same manifests, counted by check:
 *
 *   npm run build && npx jiti bench/compared.ts kubernetes-manifests.yaml
 *
 * Each runs with its default settings, and Seaworthy with the preset strict besides. docs/reference/compared.md tells
 * what the counts mean for the manifests of the Online Boutique.
 */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { goBinary } from './go';
import { printTable, requireBuild, ROOT } from './measure';

/** A program that judges the manifests in a file. */
interface Linter {
  readonly name: string;
  /** Program and arguments; nothing where it cannot be had. */
  readonly command: (file: string) => readonly string[] | undefined;
  /** The checks that found something, one name for each finding. */
  readonly read: (output: unknown) => readonly string[];
}

interface KubeLinter {
  readonly Reports: readonly { readonly Check: string }[] | null;
}

interface KubeScored {
  readonly checks: readonly {
    readonly check: { readonly id: string };
    readonly skipped: boolean;
    /** 10 where all is well. */
    readonly grade: number;
    readonly comments: readonly unknown[] | null;
  }[];
}

type PolarisResults = Readonly<Record<string, { readonly ID: string; readonly Success: boolean }>> | null;

interface Polaris {
  readonly Results: readonly {
    readonly Results: PolarisResults;
    readonly PodResult?: {
      readonly Results: PolarisResults;
      readonly ContainerResults: readonly { readonly Results: PolarisResults }[];
    };
  }[];
}

const LINTERS: readonly Linter[] = [
  seaworthy('recommended'),
  seaworthy('strict'),
  {
    name: 'kube-linter 0.8.3',
    command: go('kube-linter', 'golang.stackrox.io/kube-linter/cmd/kube-linter@v0.8.3', (file) => [
      'lint',
      file,
      '--format',
      'json',
    ]),
    read: (output) => ((output as KubeLinter).Reports ?? []).map(({ Check }) => Check),
  },
  {
    name: 'kube-score 1.20.0',
    command: go('kube-score', 'github.com/zegl/kube-score/cmd/kube-score@v1.20.0', (file) => [
      'score',
      file,
      '-o',
      'json',
    ]),
    read: (output) =>
      (output as readonly KubeScored[]).flatMap(({ checks }) =>
        checks
          .filter(({ grade, skipped }) => grade < 10 && !skipped)
          .flatMap(({ check, comments }) => (comments ?? [undefined]).map(() => check.id)),
      ),
  },
  {
    name: 'Polaris 10.2.2',
    // Its tags are not versions of its Go module, so that the commit has to be named.
    command: go('polaris', 'github.com/fairwindsops/polaris@c0e23a233b20', (file) => [
      'audit',
      '--format',
      'json',
      '--audit-path',
      file,
    ]),
    read: (output) =>
      (output as Polaris).Results.flatMap(({ Results, PodResult }) => [
        ...failures(Results),
        ...failures(PodResult?.Results ?? null),
        ...(PodResult?.ContainerResults ?? []).flatMap((container) => failures(container.Results)),
      ]),
  },
];

const [given] = process.argv.slice(2);
if (given === undefined) {
  console.error('Which manifests? npx jiti bench/compared.ts kubernetes-manifests.yaml');
  process.exit(2);
}
requireBuild();
for (const linter of LINTERS) {
  console.log(`\n${linter.name}\n`);
  const found = findings(linter, resolve(given));
  if (found === undefined)
    console.log('is not at hand, and could not be built: that takes Go and its modules');
  else if (found.length === 0) console.log('finds nothing');
  else printTable(['check', 'findings'], counted(found));
}

function seaworthy(preset: string): Linter {
  return {
    name: `Seaworthy, ${preset}`,
    command: (file) => [
      process.execPath,
      join(ROOT, 'bin', 'seaworthy.js'),
      'check',
      file,
      '--preset',
      preset,
      '-o',
      'json',
    ],
    read: (output) => (output as { findings: { rule: string }[] }).findings.map(({ rule }) => rule),
  };
}

function go(name: string, module: string, args: (file: string) => string[]): Linter['command'] {
  return (file) => {
    const binary = goBinary(name, module);
    return binary === undefined ? undefined : [binary, ...args(file)];
  };
}

function findings({ name, command, read }: Linter, file: string): readonly string[] | undefined {
  const [program, ...args] = command(file) ?? [];
  if (program === undefined) return undefined;
  // Outside of any project, so that no settings of one are found.
  const { stdout, stderr } = spawnSync(program, args, { cwd: '/', encoding: 'utf8', maxBuffer: 2 ** 28 });
  try {
    return read(JSON.parse(stdout));
  } catch (error) {
    throw new Error(`${name} says what cannot be read: ${stderr}`, { cause: error });
  }
}

function failures(results: PolarisResults): string[] {
  return Object.values(results ?? {})
    .filter(({ Success }) => !Success)
    .map(({ ID }) => ID);
}

function counted(names: readonly string[]): string[][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, count]) => [name, String(count)]);
}
