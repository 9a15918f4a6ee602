import type { DrawnNode } from '../../draw/drawing';
import { neighbourhood } from '../../draw/neighbourhood';
import { nearest, SeaworthyError } from '../../errors';
import type { GraphPart } from '../../report/graph/report';

/** Objects of one name that an error lists. */
const MOST_LISTED = 8;

/**
 * What is near an object, in each part that has it.
 *
 * @param around `kind/name`, or `namespace/kind/name` where several namespaces have it
 * @throws SeaworthyError USAGE if there is no such object, or it is in several namespaces
 */
export function partsAround(parts: readonly GraphPart[], around: string, depth: number): GraphPart[] {
  const wanted = around.toLowerCase();
  const found = parts.flatMap((part) => {
    const centres = part.drawing.nodes.filter((node) => namesOf(node).includes(wanted));
    refuseSeveral(around, centres);
    const ids = centres.map(({ id }) => id);
    return ids.length === 0 ? [] : [{ ...part, drawing: neighbourhood(part.drawing, ids, depth) }];
  });
  if (found.length > 0) return found;
  const known = parts.flatMap(({ drawing }) =>
    drawing.nodes.map(around.split('/').length > 2 ? full : brief),
  );
  const near = nearest(around, known);
  throw usage(
    `there is no object "${around}"`,
    near === undefined ? 'Run it without --around to see all objects.' : `Did you mean ${near}?`,
  );
}

function namesOf(node: DrawnNode): string[] {
  return [brief(node), full(node)].map((each) => each.toLowerCase());
}

function brief({ kind, name }: DrawnNode): string {
  return `${kind}/${name}`;
}

function full(node: DrawnNode): string {
  return node.namespace === undefined ? brief(node) : `${node.namespace}/${brief(node)}`;
}

/** A picture of the surroundings of two objects that have nothing to do with one another helps nobody. */
function refuseSeveral(around: string, centres: readonly DrawnNode[]): void {
  const places = new Set(centres.map(full));
  if (places.size < 2) return;
  const shown = [...places].slice(0, MOST_LISTED);
  const more = places.size - shown.length;
  throw usage(
    `${places.size} namespaces have "${around}": ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    `Name one of them: --around ${shown[0] ?? ''}.`,
  );
}

function usage(message: string, hint: string): SeaworthyError {
  return new SeaworthyError({ code: 'USAGE', path: '--around', message, hint });
}
