import { rightMetadata, type MetadataReads } from '../apiserver/admission/metadata';
import { isTooLarge } from '../apiserver/admission/size';
import { nameProblems } from '../apiserver/warnings/names';
import type { FeatureGates } from '../kube/feature-gates';
import type { KubernetesRelease } from '../kube/schema';
import type { KubeObject } from '../manifest/manifest';

/**
 * Objects of built-in kinds that one server accepts without a word. Of an object that differs from one of them in its
 * metadata alone, only that is looked at, as far as nothing else depends on it. Documents of files share the fields that
 * have the same lines, so that they are known by what they are; nobody may change them in between.
 */
export class AlikeObjects {
  readonly #kubernetes: KubernetesRelease;
  readonly #gates: FeatureGates;
  /** By what they hold: what the verdict asks for in their metadata. */
  readonly #accepted = new Map<string, MetadataReads>();
  readonly #numbers = new Map<unknown, number>();

  constructor(kubernetes: KubernetesRelease, gates: FeatureGates) {
    this.#kubernetes = kubernetes;
    this.#gates = gates;
  }

  /** Whether an object is accepted, since another one is that differs in its metadata alone. */
  accepts(object: KubeObject): boolean {
    const reads = this.#accepted.get(this.#contentOf(object));
    if (reads === undefined || isTooLarge(object)) return false;
    const metadata = rightMetadata(object, this.#kubernetes, this.#gates);
    return metadata !== undefined && nameProblems(metadata).length === 0 && reads.isSameIn(metadata);
  }

  /**
   * Remembers an object that is accepted without a word.
   *
   * @param reads what its verdict asked for
   */
  add(object: KubeObject, reads: MetadataReads): void {
    const { metadata } = reads;
    if (metadata !== undefined && reads.isSameIn(metadata))
      this.#accepted.set(this.#contentOf(object), reads);
  }

  /** The numbers of all fields but the metadata, and of their values. */
  #contentOf(object: KubeObject): string {
    let content = '';
    for (const [name, value] of Object.entries(object))
      if (name !== 'metadata') content += `${this.#numberOf(name)}:${this.#numberOf(value)} `;
    return content;
  }

  #numberOf(value: unknown): number {
    let number = this.#numbers.get(value);
    if (number === undefined) this.#numbers.set(value, (number = this.#numbers.size));
    return number;
  }
}
