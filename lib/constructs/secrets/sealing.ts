import type { IConstruct } from 'constructs';
import type { Seal, SealedKeys } from './sealed-keys';
import { changedLocks } from './sealed-lock';

/** The values of the SealedSecrets of each app. */
const known = new WeakMap<IConstruct, SealedKeys[]>();

export function registerSealed(construct: IConstruct, keys: SealedKeys): void {
  const { root } = construct.node;
  known.set(root, [...(known.get(root) ?? []), keys]);
}

/**
 * Seals the values of the app below `root` that its locks do not have, before it is rendered: rendering only reads them.
 *
 * @returns the text of each lock that has to be written, by its path
 */
export function sealPending(root: IConstruct, seal: Seal): ReadonlyMap<string, string> {
  for (const keys of known.get(root) ?? []) keys.sealPending(seal);
  return changedLocks(root);
}
