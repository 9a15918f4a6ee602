import type { IConstruct } from 'constructs';
import { idsOf, nameAsAt } from './names';
import { reporter } from './problems';

/** Props of a construct that can move in the tree. */
export interface Movable {
  /**
   * The path that it had before, below the environment: `shop/api`. It keeps the names and selectors of that path, so that
   * renaming an id, or moving a construct to another chart, changes nothing in a cluster.
   *
   * @default it has not moved
   */
  readonly movedFrom?: string;
}

/** Applies `movedFrom`; reports INVALID_PROP where it can have no effect. */
export function applyMovedFrom(construct: IConstruct, props: Movable & { readonly name?: string }): void {
  const { movedFrom, name } = props;
  if (movedFrom === undefined) return;
  const refuse = (message: string, hint: string): void =>
    reporter(construct)({ code: 'INVALID_PROP', path: 'movedFrom', message, hint });
  if (typeof movedFrom !== 'string' || movedFrom.split('/').some((id) => id === '')) {
    return refuse(
      `Invalid value: "${movedFrom}": expected a path`,
      'Paths are ids separated by slashes, such as shop/api.',
    );
  }
  if (name !== undefined)
    return refuse('Forbidden: may not specify both `name` and `movedFrom`', 'Keep one of them.');
  if (idsOf(construct).join('/') === movedFrom)
    return refuse('it already stands at this path', 'Remove the prop.');
  nameAsAt(construct, movedFrom);
}
