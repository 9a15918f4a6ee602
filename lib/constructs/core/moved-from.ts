import type { IConstruct } from 'constructs';
import { idsOf, nameAsAt } from './names';
import { reporter } from './problems';

/** What a construct is made with that once stood elsewhere in the tree. */
export interface Movable {
  /**
   * The path that it had, from below the environment: `shop/api`. It keeps the names and selectors that it had there, so
   * that renaming an id, or moving a construct to another chart, changes nothing in a cluster.
   *
   * @default it has always stood here
   */
  readonly movedFrom?: string;
}

/** Takes `movedFrom` into account, and tells INVALID_PROP where it can have no effect. */
export function applyMovedFrom(construct: IConstruct, props: Movable & { readonly name?: string }): void {
  const { movedFrom, name } = props;
  if (movedFrom === undefined) return;
  const tell = (message: string, hint: string): void =>
    reporter(construct)({ code: 'INVALID_PROP', path: 'movedFrom', message, hint });
  if (typeof movedFrom !== 'string' || movedFrom.split('/').some((id) => id === '')) {
    return tell(`"${movedFrom}" is no path`, 'Write the ids with slashes between them, such as shop/api.');
  }
  if (name !== undefined) return tell('the name is given already', 'Keep `name` or `movedFrom`.');
  if (idsOf(construct).join('/') === movedFrom) return tell('this is where it stands', 'Take it away.');
  nameAsAt(construct, movedFrom);
}
