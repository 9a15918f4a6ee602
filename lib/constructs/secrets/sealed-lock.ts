import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IConstruct } from 'constructs';
import { isPlainRecord } from '../../manifest/data';
import type { FilePath } from '../config/content';
import type { UnplacedProblem } from '../core/problems';

/** Whether a sealed value can be used in a place: by the key pair, the scope, and the version that its author gave it. */
export interface SealedFor {
  /** Fingerprint of the public key. */
  readonly publicKey: string;
  readonly scope: string;
  readonly version?: string;
}

/** A value as the controller decrypts it, in base64. */
export interface SealedValue extends SealedFor {
  readonly sealed: string;
}

const ABOUT =
  'Values that Seaworthy sealed for the Sealed Secrets controllers of clusters. Commit this file: with it, the same ' +
  'program renders the same files, also without the values. It holds nothing that a value could be guessed from.';

/**
 * The file that keeps what was sealed, since sealing a value again gives another text: sealed values by the Secret
 * (`environment/namespace/name`) and its key.
 */
export class SealedLock {
  /** Why the file cannot be read. */
  readonly problem: UnplacedProblem | undefined;
  readonly #secrets: Map<string, Map<string, SealedValue>>;
  #isChanged = false;

  private constructor(path: string) {
    const { secrets, problem } = readLock(path);
    this.#secrets = secrets;
    this.problem = problem;
  }

  /** The lock at `path` in the app of `construct`: read once, so that what is sealed later is seen by all. */
  static of(construct: IConstruct, path: FilePath): SealedLock {
    const { root } = construct.node;
    const locks = known.get(root) ?? new Map<string, SealedLock>();
    known.set(root, locks);
    const file = resolve(path instanceof URL ? fileURLToPath(path) : path);
    const lock = locks.get(file) ?? new SealedLock(file);
    locks.set(file, lock);
    return lock;
  }

  find(secret: string, key: string): SealedValue | undefined {
    return this.#secrets.get(secret)?.get(key);
  }

  put(secret: string, key: string, value: SealedValue): void {
    this.#secrets.set(secret, new Map([...(this.#secrets.get(secret) ?? []), [key, value]]));
    this.#isChanged = true;
  }

  /** Its text with what was sealed since it was read; nothing where it is as it was. */
  get changedText(): string | undefined {
    if (!this.#isChanged) return undefined;
    const secrets = sorted([...this.#secrets].map(([secret, keys]) => [secret, sorted([...keys])]));
    return `${JSON.stringify({ about: ABOUT, secrets }, undefined, 2)}\n`;
  }
}

/** The locks of each app, by their path. */
const known = new WeakMap<IConstruct, Map<string, SealedLock>>();

/** The locks of the app below `root` that have changed, by their path. */
export function changedLocks(root: IConstruct): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [path, { changedText }] of known.get(root) ?? [])
    if (changedText !== undefined) texts.set(path, changedText);
  return texts;
}

function sorted<V>(entries: readonly (readonly [string, V])[]): Readonly<Record<string, V>> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

interface Read {
  readonly secrets: Map<string, Map<string, SealedValue>>;
  readonly problem?: UnplacedProblem;
}

function readLock(path: string): Read {
  const secrets: Read['secrets'] = new Map();
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? { secrets } : { secrets, problem: unreadable(path, String(code)) };
  }
  try {
    const lock: unknown = JSON.parse(text);
    if (!isPlainRecord(lock) || !isPlainRecord(lock['secrets'])) throw new Error('it has no "secrets"');
    for (const [secret, keys] of Object.entries(lock['secrets']))
      secrets.set(
        secret,
        new Map(Object.entries(keys as object).map(([key, value]) => [key, readValue(value)])),
      );
    return { secrets };
  } catch (error) {
    return { secrets: new Map(), problem: unreadable(path, error instanceof Error ? error.message : '') };
  }
}

function readValue(value: unknown): SealedValue {
  const isRead =
    isPlainRecord(value) &&
    ['publicKey', 'scope', 'sealed'].every((field) => typeof value[field] === 'string') &&
    ['string', 'undefined'].includes(typeof value['version']);
  if (!isRead) throw new Error('it has an entry without "publicKey", "scope" and "sealed"');
  return value as unknown as SealedValue;
}

function unreadable(path: string, why: string): UnplacedProblem {
  return {
    code: 'INPUT_UNREADABLE',
    path: 'lock',
    message: `cannot read "${path}": ${why}`,
    hint: 'After a merge, keep the entries of both sides; or restore the file from version control.',
  };
}
