import { createHash } from 'node:crypto';
import { jsonText } from '../../manifest/json-text';
import type { KubeObject, Manifest } from '../../manifest/manifest';

/** Manifests that are known at most: what is found out about one takes several times its text. */
const MOST = 20_000;

interface Known {
  readonly manifest: Manifest;
  /** Of the text of its object. */
  readonly digest: string;
}

/**
 * The manifests of the run before, for the next one: what an app hands over with the same text is the same manifest, and an
 * object of which only the origin has changed is the same object, so that what was found out about it still holds. None is
 * handed out twice in one run. Whoever keeps manifests must not let anything change them.
 */
export class KnownManifests {
  #before = new Generation();
  #now = new Generation();

  /** What an app hands over is read from its beginning. */
  begin(): void {
    this.#before = this.#now;
    this.#now = new Generation();
  }

  /** @param read makes the manifest of a line that is not known */
  manifestOf(line: string, read: (line: string) => Manifest): Manifest {
    const key = digestOf(line);
    const known = this.#before.byLine.get(key);
    const isFree = known !== undefined && !this.#now.objects.has(known.manifest.object);
    const entry = isFree ? known : this.#withKnownObject(read(line));
    this.#now.add(key, entry);
    return entry.manifest;
  }

  #withKnownObject(manifest: Manifest): Known {
    const digest = digestOf(jsonText(manifest.object));
    const object = this.#before.byObject.get(digest);
    const isFree = object !== undefined && !this.#now.objects.has(object);
    return { manifest: isFree ? { ...manifest, object } : manifest, digest };
  }
}

/** The manifests of one run. */
class Generation {
  readonly byLine = new Map<string, Known>();
  readonly byObject = new Map<string, KubeObject>();
  readonly objects = new Set<KubeObject>();

  add(line: string, known: Known): void {
    const { object } = known.manifest;
    this.objects.add(object);
    if (this.byLine.size >= MOST) return;
    this.byLine.set(line, known);
    this.byObject.set(known.digest, object);
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
