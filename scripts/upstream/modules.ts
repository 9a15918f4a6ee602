import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const KUBERNETES = 'k8s.io/kubernetes';

/** The Go modules that a Kubernetes release is built from, downloaded by the `go` command on demand. */
export class Modules {
  readonly #patches: ReadonlyMap<string, string>;
  readonly #folders = new Map<string, string>();

  /** @param releases the text of `releases.txt`: the patch release that stands for each release, a line each */
  constructor(releases: string) {
    const lines = releases.split('\n').filter((line) => line !== '');
    this.#patches = new Map(lines.map((line) => [line.slice(0, line.lastIndexOf('.')), line]));
  }

  /** The folder of a module; nothing where the release is not built from it. Throws when the release is unknown. */
  folder(module: string, release: string): string | undefined {
    const version = this.#versionOf(module, release);
    if (version === undefined) return undefined;
    const key = `${module}@${version}`;
    const folder = this.#folders.get(key) ?? download(key);
    this.#folders.set(key, folder);
    return folder;
  }

  #versionOf(module: string, release: string): string | undefined {
    const patch = this.#patchOf(release);
    if (module === KUBERNETES) return `v${patch}`;
    const required = readFileSync(join(this.folder(KUBERNETES, release) ?? '', 'go.mod'), 'utf8');
    const version = new RegExp(String.raw`^\s*${module.replaceAll('.', '\\.')} (v\S+)`, 'm').exec(
      required,
    )?.[1];
    // The modules that live in the repository of Kubernetes itself are published with its minor and patch number.
    return version === 'v0.0.0' ? `v0.${patch.slice('1.'.length)}` : version;
  }

  #patchOf(release: string): string {
    return this.#patches.get(release) ?? newestPatch(release);
  }
}

/** Runs the `go` command outside of any module; throws with its own words. */
export function go(args: readonly string[], input = ''): string {
  try {
    return execFileSync('go', args, {
      cwd: tmpdir(),
      encoding: 'utf8',
      input,
      maxBuffer: 2 ** 28,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: string; stdout?: string; stderr?: string };
    if (code === 'ENOENT')
      throw new Error('The command "go" is missing. Install Go 1.26: https://go.dev/doc/install');
    throw new Error(`go ${args.join(' ')}: ${stderr}${stdout}`);
  }
}

function download(module: string): string {
  const { Dir: folder } = JSON.parse(go(['mod', 'download', '-json', module])) as { readonly Dir: string };
  return folder;
}

/** A release that `releases.txt` does not know yet is taken at its newest patch. */
function newestPatch(release: string): string {
  const versions = go(['list', '-m', '-versions', KUBERNETES]).trim().split(' ');
  const patches = versions
    .filter((version) => version.startsWith(`v${release}.`) && !version.includes('-'))
    .map((version) => Number(version.slice(`v${release}.`.length)));
  if (patches.length === 0) throw new Error(`There is no Kubernetes ${release}.`);
  return `${release}.${Math.max(...patches)}`;
}
