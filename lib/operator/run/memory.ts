import { createHash } from 'node:crypto';
import type { KubeObject } from '../../manifest/manifest';
import type { ManifestSet } from '../../manifest/set';
import type { CustomResource, Decision, Rendered } from '../types';

/** What is known of a resource from the last time that it was reconciled. */
export interface Remembered {
  readonly uid: string;
  /** What was rendered, and of what. */
  rendered?: { readonly key: string; readonly value: Rendered };
  /** What was decided, and of what. */
  decided?: { readonly key: string; readonly value: Decision };
  /** What was applied last by this process, and when; milliseconds since 1970. */
  applied?: { readonly key: string; readonly at: number; readonly set: ManifestSet };
  /** Since when its objects are on their way; milliseconds since 1970. */
  progressing?: number | undefined;
}

/** Resources of which what they render is kept: it costs more than anything else to find out again. */
const KEPT = 2_000;

/** What is known of resources, by key. */
export class Memory {
  readonly #resources = new Map<string, Remembered>();
  /** Keys of resources with something rendered, the one that was asked for longest ago first. */
  readonly #rendered = new Set<string>();

  /** What is known of a resource; nothing of another one that had its name. */
  of(key: string, { metadata: { uid = '' } }: CustomResource): Remembered {
    const known = this.#resources.get(key);
    if (known?.uid === uid) return known;
    const fresh = { uid };
    this.#resources.set(key, fresh);
    return fresh;
  }

  /** What a resource renders, by `render` where that is not known. */
  rendered(key: string, resource: CustomResource, render: () => Rendered): Rendered {
    const remembered = this.of(key, resource);
    const digest = digestOf(resourceAsGiven(resource));
    if (remembered.rendered?.key !== digest) remembered.rendered = { key: digest, value: render() };
    this.#rendered.delete(key);
    this.#rendered.add(key);
    for (const oldest of this.#rendered) {
      if (this.#rendered.size <= KEPT) break;
      this.#rendered.delete(oldest);
      delete this.#resources.get(oldest)?.rendered;
    }
    return remembered.rendered.value;
  }

  /** What is known of what is around resources may be wrong now: everything is rendered and decided again. */
  clear(): void {
    for (const remembered of this.#resources.values()) {
      delete remembered.rendered;
      delete remembered.decided;
    }
    this.#rendered.clear();
  }

  forget(key: string): void {
    this.#resources.delete(key);
    this.#rendered.delete(key);
  }
}

/** A digest of objects by what a decision depends on: not by what their controllers say of them. */
export function liveKey(objects: readonly KubeObject[]): string {
  return digestOf(objects.map(withoutReports));
}

function withoutReports(object: KubeObject): unknown {
  const { status: _, metadata, ...rest } = object;
  const { resourceVersion: _version, managedFields, ...own } = metadata;
  const fields = Array.isArray(managedFields)
    ? (managedFields as readonly { readonly subresource?: string }[]).filter(
        ({ subresource }) => subresource !== 'status',
      )
    : [];
  return { ...rest, metadata: own, fields };
}

/** What of a resource its construct can depend on. */
function resourceAsGiven({ status: _, metadata, ...rest }: CustomResource): unknown {
  const { name, namespace, uid, generation, labels, annotations } = metadata;
  return { ...rest, metadata: { name, namespace, uid, generation, labels, annotations } };
}

export function digestOf(value: unknown): string {
  return createHash('sha1').update(JSON.stringify(value)).digest('base64');
}
