import type { Finding } from '../../check/finding';
import { identityKey, type KubeObject, type Manifest, type ObjectId } from '../../manifest/manifest';
import { searchFor, withoutValue } from './objects';
import { redactText } from './text';

/** Hides the secrets of a report in its texts. Everything is looked up when it is needed: most reports need little. */
export class Redactor {
  readonly #search: ReturnType<typeof searchFor>;
  readonly #manifests: readonly Manifest[];
  readonly #texts = new Map<string, string>();
  readonly #paths = new Map<string, string>();
  #objects: ReadonlyMap<string, readonly KubeObject[]> | undefined;

  /** @param manifests all that the report is about: a text about one may repeat a value of another */
  constructor(manifests: readonly Manifest[]) {
    this.#manifests = manifests;
    this.#search = searchFor(manifests);
  }

  /** A sentence without secrets. Reports repeat many. */
  text(text: string): string {
    let shown = this.#texts.get(text);
    if (shown === undefined) this.#texts.set(text, (shown = redactText(this.#search.hide(text))));
    return shown;
  }

  /** A path without the secrets of the objects: a key can be one. */
  path(path: string): string {
    let shown = this.#paths.get(path);
    if (shown === undefined) this.#paths.set(path, (shown = this.value(path)));
    return shown;
  }

  /** A value without the secrets of the objects. */
  value(text: string): string {
    return this.#search.hide(text);
  }

  finding(finding: Finding): Finding {
    const { id, path, message, hint } = finding;
    let said = message;
    for (const object of this.#of(id)) said = withoutValue(said, path, object);
    const shown = { path: this.path(path), message: this.text(said) };
    return { ...finding, ...shown, ...(hint !== undefined && { hint: this.text(hint) }) };
  }

  #of(id: ObjectId): readonly KubeObject[] {
    if (this.#search.isEmpty) return [];
    this.#objects ??= byIdentity(this.#manifests);
    return this.#objects.get(identityKey(id)) ?? [];
  }
}

function byIdentity(manifests: readonly Manifest[]): Map<string, KubeObject[]> {
  const objects = new Map<string, KubeObject[]>();
  for (const { id, object } of manifests) {
    const key = identityKey(id);
    const same = objects.get(key);
    if (same === undefined) objects.set(key, [object]);
    else same.push(object);
  }
  return objects;
}

/** Findings that repeat no secret of the objects that they are about. */
export function redactFindings(
  findings: readonly Finding[],
  manifests: readonly Manifest[],
): readonly Finding[] {
  if (findings.length === 0) return findings;
  const redactor = new Redactor(manifests);
  return findings.map((finding) => redactor.finding(finding));
}
