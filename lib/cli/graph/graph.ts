import { SeaworthyError } from '../../errors';
import { draw } from '../../draw/draw';
import { ManifestSet } from '../../manifest/set';
import { GRAPH_FORMATS } from '../../report/graph/formats';
import type { GraphPart } from '../../report/graph/report';
import { groupsOf } from '../files/groups';
import { allManifests, readManifests, refuseFaulty } from '../files/manifests';
import { printReports } from '../files/reports';
import { noObjects, reportSkipped } from '../files/skipped';
import { refuseTwoReports } from '../options/reports';
import { openProject, orNameFiles } from '../project/project';
import { runProject } from '../run/app';
import { checkEnvironment, inEnvironment } from '../run/environment';
import type { Context } from '../terminal/context';
import { partsAround } from './around';
import type { GraphFlags } from './flags';

/** `seaworthy graph`: draws the objects of the app, or of the manifests in `files`. */
export async function graph(files: readonly string[], flags: GraphFlags, context: Context): Promise<number> {
  const { output = [{ format: GRAPH_FORMATS[0] }], around, depth } = flags;
  refuseTwoReports(output);
  if (depth !== undefined && around === undefined)
    throw usage('--depth', 'needs --around', 'Name the object: --around Deployment/api.');
  if (flags.environment !== undefined && files.length > 0)
    throw usage('--environment', 'cannot be used with files', 'Leave out one of them.');
  const whole =
    files.length === 0 ? await partsOfApp(flags, context) : await partsOfFiles(files, flags, context);
  const parts = around === undefined ? whole : partsAround(whole, around, depth ?? 1);
  refuseManyInOne(output, parts);
  await printReports(output, ({ print }) => print(parts), context);
  return 0;
}

function usage(path: string, message: string, hint: string): SeaworthyError {
  return new SeaworthyError({ code: 'USAGE', path, message, hint });
}

/** @throws SeaworthyError USAGE if a picture would have to show several clusters */
function refuseManyInOne(output: NonNullable<GraphFlags['output']>, parts: readonly GraphPart[]): void {
  const one = output.find(({ format }) => format.takesMany !== true);
  if (one === undefined || parts.length < 2) return;
  const names = parts.map(({ app, folder, drawing: { environment } }) =>
    [app, folder, environment].filter((each) => each !== undefined).join(' '),
  );
  throw usage(
    '--output',
    `${one.format.name} shows one graph, and there are ${parts.length}: ${names.slice(0, 8).join(', ')}`,
    'Choose one with --environment, or with a folder, or take --output json.',
  );
}

const FILES = 'To draw files, name them or their folder: seaworthy graph deploy/.';

async function partsOfApp(flags: GraphFlags, context: Context): Promise<GraphPart[]> {
  const results = await runProject(
    orNameFiles(FILES, () => openProject(flags, context, 'synth')),
    context,
  );
  checkEnvironment(results, flags.environment);
  return results.flatMap(({ name: app, manifests, clusters }) => {
    const set = ManifestSet.from(
      inEnvironment(manifests, flags.environment),
      new Map(Object.entries(clusters)),
    );
    return draw(set).map((drawing) => ({ ...(app !== undefined && { app }), drawing }));
  });
}

/** One set, for one cluster, unless folders or files have the same objects. */
async function partsOfFiles(
  files: readonly string[],
  flags: GraphFlags,
  { io, terminal }: Context,
): Promise<GraphPart[]> {
  const { cwd, stdin, env } = io;
  const read = await readManifests(files, { cwd, stdin, ...(flags.kustomize !== false && { env }) });
  reportSkipped(read.skipped, terminal);
  if (allManifests(refuseFaulty(read)).length === 0) throw noObjects(files, read.skipped);
  return groupsOf(read).flatMap(({ name: folder, manifests, definitions }) =>
    draw(ManifestSet.from(manifests), { assume: ManifestSet.from(definitions) }).map((drawing) => ({
      ...(folder !== undefined && { folder }),
      drawing,
    })),
  );
}
