import { moveFor } from '../../convert/rules';
import type { UpgradeChange, UpgradedObject } from '../../upgrade/result';

/** The object with a hint at `convert-api`, where that rewrites its API version in files. */
export function withRewriting(object: UpgradedObject): UpgradedObject {
  const { apiVersion, kind } = object.id;
  if (moveFor(apiVersion, kind) === undefined) return object;
  return { ...object, already: object.already.map(hinted), changes: object.changes.map(hinted) };
}

function hinted(change: UpgradeChange): UpgradeChange {
  if (change.kind !== 'removed') return change;
  const hint = [change.hint, 'In files, `seaworthy convert-api` writes it so.'];
  return { ...change, hint: hint.filter((part) => part !== undefined).join(' ') };
}
