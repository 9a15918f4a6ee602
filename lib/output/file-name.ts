import { createHash } from 'node:crypto';

/**
 * Names of files and folders that every common file system and shell takes: ASCII letters, digits, `.`, `_` and
 * `-`, no leading dot or dash, no device name of Windows, of bounded length. Case stays as authored; compare names in
 * one folder with `fold`, since macOS and Windows treat `Api` and `api` as the same.
 */

/** Longest name before its extension, in bytes. File systems commonly stop at 255. */
const LONGEST = 200;

const HASH_LENGTH = 8;

/** Windows opens a device under these names, with any extension. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * Files that change how tools read their folder: `kustomization.yaml` makes it a Kustomization and
 * `Chart.yaml` a Helm chart (Argo CD, "Tool Detection"), `cdk8s.yaml` a cdk8s project.
 */
const READ_BY_OTHERS = /^(?:kustomization|chart|cdk8s)$/i;

/** The name, without its extension, of a YAML file for `text`. */
export function fileStem(text: string): string {
  const name = portable(text);
  return READ_BY_OTHERS.test(name) ? `_${name}` : name;
}

/**
 * The name of a folder for `text`. It never ends like a YAML file, so that a folder and a file never get the same
 * name, nor with a dot, which Windows drops.
 */
export function folderName(text: string): string {
  const name = portable(text);
  return /(?:\.|\.ya?ml)$/i.test(name) ? `${name}_` : name;
}

/** Whether Windows cannot have a file or folder of this name. */
export function isReserved(name: string): boolean {
  return DEVICE.test(name) || /[<>:"|?*]|[. ]$/.test(name);
}

/** `name` with a suffix that depends on `identity` alone, for names that would not be unique without it. */
export function withHash(name: string, identity: string): string {
  const hash = createHash('sha256').update(identity).digest('hex').slice(0, HASH_LENGTH);
  return `${name.slice(0, LONGEST - HASH_LENGTH - 1)}-${hash}`;
}

/** The same for two paths that a file system which ignores case and Unicode composition treats as one. */
export function fold(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

function portable(text: string): string {
  let name = text.replace(/[^A-Za-z0-9._-]/gu, '-');
  if (name === '' || /^[.-]/.test(name) || DEVICE.test(name)) name = `_${name}`;
  return name.length > LONGEST ? withHash(name, text) : name;
}
