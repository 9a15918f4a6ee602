import { readFileSync } from 'node:fs';
import { isPlainRecord } from '../../manifest/data';
import { isEncrypted } from '../../manifest/encrypted';
import type { KubeObject } from '../../manifest/manifest';
import { parseDocuments } from '../../manifest/yaml/parse';
import type { Installed } from '../../profiles/installed';
import type { FilePath } from '../config/content';
import type { Reporter } from '../core/problems';

/** What decrypts an object of a kind, and where it has the Secrets that become of it. */
interface EncryptedKind {
  readonly installed: Installed;
  readonly secrets: readonly string[];
}

const KINDS: Readonly<Record<string, EncryptedKind>> = {
  'v1/Secret': { installed: 'flux', secrets: [] },
  'isindir.github.com/SopsSecret': {
    installed: 'sops-secrets-operator',
    secrets: ['spec', 'secretTemplates'],
  },
  'addons.projectcapsule.dev/SopsSecret': { installed: 'sops-operator', secrets: ['spec', 'secrets'] },
};

/** A Secret that becomes of an encrypted object. */
export interface EncryptedSecret {
  /** Its name; nothing where that is encrypted too. */
  readonly name: string | undefined;
  readonly keys: readonly string[];
}

/** An object that SOPS has encrypted. */
export interface SopsFile {
  /** As the file has it, in the order of its signature. */
  readonly object: KubeObject;
  readonly installed: Installed;
  readonly secrets: readonly EncryptedSecret[];
}

/** Reads the object in `path`; reports one that cannot be read, that is of another kind, or that shows a value. */
export function readSopsFile(path: FilePath, report: Reporter): SopsFile | undefined {
  const at = { path: 'file', place: String(path) } as const;
  const object = readObject(path, report);
  if (object === undefined) return undefined;
  const { apiVersion, kind } = object;
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : apiVersion;
  const known = KINDS[`${group}/${kind}`];
  if (known === undefined) {
    const message = `Unsupported value: "${apiVersion} ${kind}": supported values: "v1 Secret", and "SopsSecret" of isindir.github.com or addons.projectcapsule.dev`;
    report({ code: 'INVALID_PROP', path: at.path, message });
    return undefined;
  }
  if (!isEncrypted(object)) {
    const message = `"${at.place}" is not encrypted: it has no metadata of SOPS`;
    report({
      code: 'LITERAL_SECRET',
      path: at.path,
      message,
      hint: 'Encrypt it with `sops encrypt --in-place`.',
    });
    return undefined;
  }
  const { secrets: way, installed } = known;
  const items = way.reduce<unknown>(
    (value, step) => (isPlainRecord(value) ? value[step] : undefined),
    object,
  );
  const secrets = (
    way.length === 0 ? [{ ...object, name: object.metadata.name }] : Array.isArray(items) ? items : []
  )
    .filter(isPlainRecord)
    .map((secret) => readSecret(secret, at.place, report));
  return { object, installed, secrets };
}

function readObject(path: FilePath, report: Reporter): KubeObject | undefined {
  try {
    const documents = parseDocuments(readFileSync(path, 'utf8')).filter(({ value }) => value != null);
    const [object] = documents.map(({ value }) => value);
    const isObject =
      isPlainRecord(object) &&
      typeof object['apiVersion'] === 'string' &&
      typeof object['kind'] === 'string' &&
      isPlainRecord(object['metadata']) &&
      typeof object['metadata']['name'] === 'string';
    if (isObject && documents.length === 1) return object as unknown as KubeObject;
    const message = `"${String(path)}" does not hold one object with a name`;
    report({ code: 'INPUT_UNREADABLE', path: 'file', message });
  } catch (error) {
    // A message about YAML shows the line at fault.
    const { code } = error as NodeJS.ErrnoException;
    const message = `cannot read "${String(path)}": ${code ?? 'it is not YAML'}`;
    report({ code: 'INPUT_UNREADABLE', path: 'file', message });
  }
  return undefined;
}

function readSecret(
  secret: Readonly<Record<string, unknown>>,
  file: string,
  report: Reporter,
): EncryptedSecret {
  const { name } = secret;
  const keys: string[] = [];
  for (const field of ['data', 'stringData']) {
    const values = secret[field];
    if (!isPlainRecord(values)) continue;
    for (const [key, value] of Object.entries(values)) {
      keys.push(key);
      // SOPS leaves the empty string as it is.
      if (value === '' || isCipher(value)) continue;
      const hint = "Encrypt with `--encrypted-regex '^(data|stringData)$'`, or change its `.sops.yaml`.";
      report({
        code: 'LITERAL_SECRET',
        path: 'file',
        message: `"${file}": ${field}.${key} is not encrypted`,
        hint,
      });
    }
  }
  return { name: typeof name === 'string' && !isCipher(name) ? name : undefined, keys };
}

function isCipher(value: unknown): boolean {
  return typeof value === 'string' && /^ENC\[[\w-]+,data:.*\]$/s.test(value);
}
