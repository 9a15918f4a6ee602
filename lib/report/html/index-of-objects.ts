import { formatId, identityKey, type ObjectId } from '../../manifest/manifest';
import { groupBy } from '../check/merge';
import { name } from '../escape/terminal';
import { inline, objectHref, objectLink } from './elements';

/** An object that a page shows, and the environment that it is for: `shop/production`, or nothing. */
export interface ShownObject {
  readonly id: ObjectId;
  readonly place: string;
}

/** What a page has cards of, so that others can link to them. */
export class IndexOfObjects {
  readonly #places: ReadonlyMap<string, readonly string[]>;

  constructor(shown: readonly ShownObject[]) {
    const groups = groupBy(shown, ({ id }) => identityKey(id));
    this.#places = new Map(groups.map((own) => [identityKey(own[0].id), own.map(({ place }) => place)]));
  }

  /**
   * A link to an object, or its name where the page has none of it.
   *
   * @param places the environments that are meant, as far as they are known; other reports may leave the app out
   */
  link(id: ObjectId, places: readonly string[] = []): string {
    const place = this.#placeOf(id, places);
    return place === undefined ? inline(name(formatId(id))) : objectLink(id, place);
  }

  /** The address of an object as an attribute has it; nothing where the page has none of it. */
  href(id: ObjectId, places: readonly string[] = []): string | undefined {
    const place = this.#placeOf(id, places);
    return place === undefined ? undefined : objectHref(id, place);
  }

  #placeOf(id: ObjectId, places: readonly string[]): string | undefined {
    const known = this.#places.get(identityKey(id)) ?? [];
    const meant = places.map((place) => known.find((each) => isSamePlace(each, place)));
    return meant.find((each) => each !== undefined) ?? (known.length === 1 ? known[0] : undefined);
  }
}

/** `shop/production` and `production` are the same where one report names the app and another does not. */
function isSamePlace(one: string, other: string): boolean {
  return one === other || one.endsWith(`/${other}`) || other.endsWith(`/${one}`);
}
