import type { ApiObject } from 'cdk8s';
import { chartedAs } from '../constructs/charts/releases';
import { renderApiObject } from '../constructs/core/api-object';
import { KubeObject } from '../constructs/core/object';
import { withDigests } from '../constructs/core/image-lock';
import { externalsOf } from '../constructs/core/existing';
import { renderKept } from '../constructs/core/keep';
import { originOf } from '../constructs/core/origin';
import { locate } from '../constructs/core/problems';
import { nonEmpty, optional } from '../constructs/core/props';
import { suppressionsOf } from '../constructs/core/suppress';
import type { Problem } from '../errors';
import { SeaworthyError } from '../errors';
import type { KubeObject as PlainObject, Manifest } from '../manifest/manifest';
import { Scopes, withoutNamespace } from '../manifest/scopes';
import type { Placed } from './collect';
import type { Report } from './report';

/** An object as it was rendered, and its place in the tree. */
export interface Rendered {
  readonly manifest: Manifest;
  readonly placed: Placed;
}

/** Renders each object once: ours with all their problems, cdk8s's as cdk8s does. */
export function render(
  objects: readonly Placed[],
  report: Report,
  stages: ReadonlyMap<Placed, number> = new Map(),
): readonly Rendered[] {
  const rendered: [object: PlainObject, placed: Placed][] = [];
  for (const placed of objects) {
    try {
      rendered.push([renderObject(placed.object, report), placed]);
    } catch (error) {
      problemsOf(error, placed.object).forEach(report);
    }
  }
  // A definition may come from another chart, and later than its objects.
  const scopes = new Scopes(rendered.map(([object]) => object));
  return rendered.map(([object, placed]) => ({
    manifest: { ...manifestOf(object, placed, scopes), ...optional('stage', stages.get(placed)) },
    placed,
  }));
}

function renderObject(object: ApiObject, report: Report): PlainObject {
  if (!isOurs(object)) return renderKept(object, withDigests(object, renderApiObject(object)));
  const rendering = object.render();
  rendering.problems.forEach(report);
  return rendering.object;
}

/** Why `object` cannot be rendered: ours have problems with a place, others only a message. */
function problemsOf(error: unknown, object: ApiObject): readonly Problem[] {
  if (error instanceof SeaworthyError) return error.problems;
  const message = error instanceof Error ? error.message : String(error);
  return [locate(object, { code: 'RENDER_FAILED', message })];
}

/** TypeScript treats the two classes as alike if neither extends the other. */
function isOurs(object: ApiObject): object is KubeObject {
  return object instanceof KubeObject;
}

function manifestOf(
  object: PlainObject,
  { object: construct, chartPath: chart, environment }: Placed,
  scopes: Scopes,
): Manifest {
  const { construct: path, source, calledFrom } = originOf(construct);
  // cdk8s puts the chart's namespace on every object that has none.
  const own = scopes.isClusterScoped(object) ? withoutNamespace(object) : object;
  return {
    object: own,
    id: scopes.identify(object),
    origin: {
      construct: path,
      ...optional('source', source),
      ...optional('calledFrom', calledFrom),
      chart,
      ...optional('environment', environment?.node.id),
    },
    ...nonEmpty('suppressions', suppressionsOf(construct)),
    ...nonEmpty('externals', externalsOf(construct)),
    ...chartedAs(construct, own),
  };
}
