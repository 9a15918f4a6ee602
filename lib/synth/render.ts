import type { ApiObject } from 'cdk8s';
import { renderApiObject } from '../constructs/core/api-object';
import { KubeObject } from '../constructs/core/object';
import { externalsOf } from '../constructs/core/existing';
import { originOf } from '../constructs/core/origin';
import { locate } from '../constructs/core/problems';
import { nonEmpty, optional } from '../constructs/core/props';
import { suppressionsOf } from '../constructs/core/suppress';
import type { Problem } from '../errors';
import { SeaworthyError } from '../errors';
import { scopeOf } from '../kube/kinds';
import type { KubeObject as PlainObject, Manifest, ObjectId } from '../manifest/manifest';
import { identify } from '../manifest/manifest';
import type { Placed } from './collect';
import type { Report } from './report';

/** Renders each object once: ours with all their problems, cdk8s's as cdk8s does. */
export function render(objects: readonly Placed[], report: Report): readonly Manifest[] {
  const manifests: Manifest[] = [];
  for (const placed of objects) {
    try {
      manifests.push(manifestOf(renderObject(placed.object, report), placed));
    } catch (error) {
      problemsOf(error, placed.object).forEach(report);
    }
  }
  return manifests;
}

function renderObject(object: ApiObject, report: Report): PlainObject {
  if (!isOurs(object)) return renderApiObject(object);
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
): Manifest {
  const { construct: path, source } = originOf(construct);
  return {
    object,
    id: scoped(identify(object)),
    origin: {
      construct: path,
      ...optional('source', source),
      chart,
      ...optional('environment', environment?.node.id),
    },
    ...nonEmpty('suppressions', suppressionsOf(construct)),
    ...nonEmpty('externals', externalsOf(construct)),
  };
}

/** cdk8s puts the chart's namespace on objects that have none; it is not part of their identity. */
function scoped(id: ObjectId): ObjectId {
  if (id.namespace === undefined || scopeOf(id.apiVersion, id.kind) !== 'Cluster') return id;
  const { namespace: _, ...rest } = id;
  return rest;
}
