import { isPlainRecord, type PlainRecord } from '../../manifest/data';
import { withKeys } from '../../manifest/with-keys';

/** How many texts are known: enough for what a page of objects has, few enough that nothing is held for long. */
const MOST = 1000;

/**
 * Which fields somebody wrote is half of a small object, and the same for all objects that are alike. It is held once for
 * those that have the same.
 */
export class SharedFields {
  readonly #entries = new Map<string, PlainRecord>();
  readonly #fields = new Map<string, PlainRecord>();

  /** `metadata` with what objects before it have in the same words. */
  shared(metadata: unknown): unknown {
    if (!isPlainRecord(metadata) || !Array.isArray(metadata['managedFields'])) return metadata;
    const managedFields = metadata['managedFields'].map((entry: unknown) =>
      isPlainRecord(entry) ? this.#entry(entry) : entry,
    );
    return withKeys(metadata, { managedFields });
  }

  #entry(entry: PlainRecord): PlainRecord {
    return known(this.#entries, entry, () => {
      const { fieldsV1 } = entry;
      if (!isPlainRecord(fieldsV1)) return entry;
      // Of two that were written at other times, the fields are the same all the same.
      return withKeys(entry, { fieldsV1: known(this.#fields, fieldsV1, () => fieldsV1) });
    });
  }
}

/** What is known by the text of a record. */
function known(all: Map<string, PlainRecord>, value: PlainRecord, make: () => PlainRecord): PlainRecord {
  const text = JSON.stringify(value);
  const found = all.get(text);
  if (found !== undefined) return found;
  if (all.size >= MOST) all.clear();
  const made = make();
  all.set(text, made);
  return made;
}
