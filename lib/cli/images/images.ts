import { SeaworthyError } from '../../errors';
import { ManifestSet } from '../../manifest/set';
import { readImageLock } from '../../output/image-lock-file';
import { IMAGES_FORMATS } from '../../report/images/formats';
import type { ImagesReport } from '../../report/images/report';
import { allManifests, readManifests, refuseFaulty } from '../files/manifests';
import { printReports } from '../files/reports';
import { refuseTwoReports } from '../options/reports';
import { openProject, orNameFiles, type Project } from '../project/project';
import { runProject } from '../run/app';
import { checkEnvironment, inEnvironment } from '../run/environment';
import type { Context } from '../terminal/context';
import type { ImagesFlags } from './flags';
import { listImages, type ImageSource } from './list';
import { withLock, writeLock } from './lock';

/**
 * `seaworthy images`: lists the images of the app, or of the manifests in `files`, with what uses them; or writes the lock.
 *
 * @returns 1 if the images have to be pinned and are not, else 0
 */
export async function images(
  files: readonly string[],
  flags: ImagesFlags,
  context: Context,
): Promise<number> {
  refuseTwoReports(flags.output);
  refuseWithLock(files, flags);
  const { output = [{ format: IMAGES_FORMATS[0] }] } = flags;
  if (files.length > 0) {
    const listed = listImages([await ofFiles(files, flags, context)]);
    await printReports(output, ({ print }, paint) => print({ images: listed, unused: [] }, paint), context);
    return 0;
  }
  const project = orNameFiles(FILES, () => openProject(flags, context));
  const lock = readImageLock(project.root);
  const report = withLock(listImages(await ofApp(project, flags, context)), lock);
  if (flags.pin === true || flags.update === true) {
    await writeLock(report.images, lock, project.root, flags, context);
    return 0;
  }
  // What an environment does not use, another one may.
  const unused = flags.environment === undefined ? report.unused : [];
  await printReports(output, ({ print }, paint) => print({ ...report, unused }, paint), context);
  return flags.frozen === true && !isFrozen(report) ? 1 : 0;
}

function isFrozen({ images: all, unused }: ImagesReport): boolean {
  return unused.length === 0 && all.every(({ digest }) => digest !== undefined);
}

/** @throws SeaworthyError USAGE for options of the lock with files or an environment: it is that of a whole app */
function refuseWithLock(files: readonly string[], flags: ImagesFlags): void {
  const option = (['pin', 'update', 'frozen'] as const).find((name) => flags[name] === true);
  const refuse = (path: string, message: string, hint: string): never => {
    throw new SeaworthyError({ code: 'USAGE', path, message, hint });
  };
  if (option !== undefined && files.length > 0)
    refuse(`--${option}`, 'cannot be used with files', 'The lock is that of an app: leave out the files.');
  if (option !== undefined && flags.environment !== undefined)
    refuse(`--${option}`, 'cannot be used with --environment', 'The lock is that of all environments.');
  if (flags.digests !== undefined && flags.pin !== true && flags.update !== true)
    refuse(
      '--digests',
      'needs --pin or --update',
      'For example: seaworthy images --pin --digests digests.json',
    );
}

const FILES = 'To list the images of files, name them or their folder: seaworthy images deploy/.';

async function ofApp(
  project: Project,
  flags: ImagesFlags,
  context: Context,
): Promise<readonly ImageSource[]> {
  const results = await runProject(project, context);
  checkEnvironment(results, flags.environment);
  return results.map(({ name, manifests, clusters }) => ({
    ...(name !== undefined && name !== '' && { app: name }),
    set: ManifestSet.from(inEnvironment(manifests, flags.environment), new Map(Object.entries(clusters))),
  }));
}

async function ofFiles(
  files: readonly string[],
  { environment, kustomize }: ImagesFlags,
  { io }: Context,
): Promise<ImageSource> {
  if (environment !== undefined)
    throw new SeaworthyError({
      code: 'USAGE',
      path: '--environment',
      message: 'cannot be used with files',
      hint: 'Leave out the files to list the images of the app, or leave out the option.',
    });
  const { cwd, stdin, env } = io;
  const read = await readManifests(files, { cwd, stdin, ...(kustomize !== false && { env }) });
  return { set: ManifestSet.from(allManifests(refuseFaulty(read))) };
}
