import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { identify, type KubeObject, type Manifest, type ObjectId } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';

/** Bytes in one Secret: the server takes up to 1 MiB of data in each. */
const MOST = 1_000_000;

/** The objects of a set, packed into pieces of which each fits into a Secret. */
export interface Packed {
  readonly pieces: readonly Buffer[];
  /** Of what is packed, by which two revisions are the same. */
  readonly digest: string;
}

/** An object as it is kept, with what its set says of it and none of its fields does. */
interface Kept {
  readonly object: KubeObject;
  readonly after?: readonly ObjectId[];
}

/** Packs the objects of a set. */
export async function pack(set: ManifestSet, most = MOST): Promise<Packed> {
  const kept = [...set].map(({ object, after }): Kept => ({ object, ...(after !== undefined && { after }) }));
  const text = JSON.stringify(kept);
  const bytes = await promisify(gzip)(text, { level: 9 });
  const pieces = Array.from({ length: Math.ceil(bytes.length / most) }, (_, index) =>
    bytes.subarray(index * most, (index + 1) * most),
  );
  return { pieces, digest: createHash('sha256').update(text).digest('hex') };
}

/** The set in pieces; undefined where they are not what was packed. */
export async function unpack({ pieces, digest }: Packed): Promise<ManifestSet | undefined> {
  try {
    const text = (await promisify(gunzip)(Buffer.concat(pieces))).toString('utf8');
    if (createHash('sha256').update(text).digest('hex') !== digest) return undefined;
    const kept = JSON.parse(text) as readonly Kept[];
    return ManifestSet.from(
      kept.map(({ object, after }): Manifest => ({
        object,
        id: identify(object),
        ...(after !== undefined && { after }),
      })),
    );
  } catch {
    return undefined;
  }
}
