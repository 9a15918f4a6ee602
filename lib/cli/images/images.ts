import { SeaworthyError } from '../../errors';
import { ManifestSet } from '../../manifest/set';
import { IMAGES_FORMATS } from '../../report/images/formats';
import { allManifests, readManifests, refuseFaulty } from '../files/manifests';
import { printReports } from '../files/reports';
import { refuseTwoReports } from '../options/reports';
import { openProject, orNameFiles } from '../project/project';
import { runProject } from '../run/app';
import { checkEnvironment, inEnvironment } from '../run/environment';
import type { Context } from '../terminal/context';
import type { ImagesFlags } from './flags';
import { listImages, type ImageSource } from './list';

/** `seaworthy images`: lists the images of the app, or of the manifests in `files`, with what uses them. */
export async function images(
  files: readonly string[],
  flags: ImagesFlags,
  context: Context,
): Promise<number> {
  refuseTwoReports(flags.output);
  const { output = [{ format: IMAGES_FORMATS[0] }] } = flags;
  const sources = files.length === 0 ? await ofApp(flags, context) : [await ofFiles(files, flags, context)];
  const report = { images: listImages(sources), unused: [] };
  await printReports(output, ({ print }, paint) => print(report, paint), context);
  return 0;
}

const FILES = 'To list the images of files, name them or their folder: seaworthy images deploy/.';

async function ofApp(flags: ImagesFlags, context: Context): Promise<readonly ImageSource[]> {
  const project = orNameFiles(FILES, () => openProject(flags, context));
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
