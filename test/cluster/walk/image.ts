import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

/** What a Dockerfile makes, as a folder: there is no registry here, and no container. */
export interface Image {
  /** The root of its file system, with nothing of the base image. */
  readonly root: string;
  /** Where it runs, in this file system. */
  readonly workdir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly user: { readonly uid: number; readonly gid: number };
  readonly entrypoint: readonly string[];
}

type Stage = { -readonly [Key in keyof Image]: Image[Key] };

/**
 * Follows the instructions of a Dockerfile in their order, each stage in an empty folder. Commands run here, with the Node
 * of the tests.
 *
 * @param context the folder that is built
 * @param folder for the stages
 * @param env of commands
 * @throws Error for an instruction that it does not know, and for a command that fails
 */
export async function buildImage(
  dockerfile: string,
  context: string,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<Image> {
  const stages = new Map<string, Stage>();
  let stage: Stage | undefined;
  for (const line of dockerfile.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, instruction = '', rest = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (instruction === 'FROM') {
      const [, name = 'last'] = /^node:\S+(?: AS (\w+))?$/.exec(rest) ?? fail(line);
      stage = { root: join(folder, name), workdir: '/', env: {}, user: { uid: 0, gid: 0 }, entrypoint: [] };
      mkdirSync(stage.root, { recursive: true });
      stages.set(name, stage);
    } else if (stage === undefined) fail(line);
    else await follow(stage, instruction, rest, { context, stages, env });
  }
  return stage ?? fail('no stage');
}

interface Around {
  readonly context: string;
  readonly stages: ReadonlyMap<string, Stage>;
  readonly env: NodeJS.ProcessEnv;
}

async function follow(
  stage: Stage,
  instruction: string,
  rest: string,
  { context, stages, env }: Around,
): Promise<void> {
  const here = (): string => join(stage.root, stage.workdir);
  if (instruction === 'WORKDIR') {
    stage.workdir = rest;
    mkdirSync(here(), { recursive: true });
  } else if (instruction === 'ENV') {
    const [name = '', value = ''] = rest.split('=');
    stage.env = { ...stage.env, [name]: value };
  } else if (instruction === 'RUN')
    await promisify(execFile)('sh', ['-ec', rest], { cwd: here(), env: { ...env, ...stage.env } });
  else if (instruction === 'COPY') {
    const [, from, paths = ''] = /^(?:--from=(\w+) )?(.*)$/.exec(rest) ?? [];
    const source = from === undefined ? context : (stages.get(from)?.root ?? fail(rest));
    const names = paths.split(' ');
    const target = join(here(), names.pop() ?? fail(rest));
    for (const name of names) copy(join(source, name), target, paths.endsWith('/'));
  } else if (instruction === 'USER') {
    const [uid, gid] = rest.split(':').map(Number);
    stage.user = { uid: uid ?? fail(rest), gid: gid ?? fail(rest) };
  } else if (instruction === 'ENTRYPOINT') stage.entrypoint = JSON.parse(rest) as string[];
  else fail(`${instruction} ${rest}`);
}

/** Copies a file into a folder or to a name, or what is in a folder into another one. */
function copy(source: string, target: string, isFolder: boolean): void {
  const goesInto = isFolder && statSync(source).isFile();
  cpSync(source, goesInto ? join(target, basename(source)) : target, {
    recursive: true,
    verbatimSymlinks: true,
  });
}

function fail(what: string): never {
  throw new Error(`cannot follow: ${what}`);
}
