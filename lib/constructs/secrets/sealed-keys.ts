import { SeaworthyError } from '../../errors';
import type { Reporter, UnplacedProblem } from '../core/problems';
import type { SealedFor, SealedLock, SealedValue } from './sealed-lock';
import { bytesOf, isVersioned, type SecretValue } from './secret-value';
import type { SealingCertificate } from './sealing-certificate';

/** Seals a value, by chance and the time: not in this room. */
export type Seal = (sealing: {
  readonly certificate: string;
  readonly label: string;
  readonly value: Uint8Array;
}) => string;

/** What the values of one Secret are sealed with. */
interface Sealings {
  readonly values: Readonly<Record<string, SecretValue>>;
  readonly certificate: SealingCertificate;
  readonly lock: SealedLock;
  /** The Secret, as the lock names it. */
  readonly secret: string;
  readonly scope: string;
  readonly label: string;
}

/** Bytes of a sealed value that are neither its session key nor itself: the length of the key, and the tag of GCM. */
const OVERHEAD = 2 + 16;

/** The values of one SealedSecret: sealed ones from the lock, or those that are still to be sealed. */
export class SealedKeys {
  readonly #sealings: Sealings;
  /** Why values could not be sealed, by their keys. */
  readonly #failures = new Map<string, UnplacedProblem>();

  constructor(sealings: Sealings) {
    this.#sealings = sealings;
  }

  /** Seals what the lock does not have, and puts it there. */
  sealPending(seal: Seal): void {
    const { values, certificate, lock, secret, label } = this.#sealings;
    for (const key of Object.keys(values)) {
      const value = bytesOf(values[key]);
      if (value === undefined || this.#find(key) !== undefined) continue;
      try {
        const sealed = seal({ certificate: certificate.pem, label, value });
        lock.put(secret, key, { ...this.#wanted(key), sealed });
        this.#failures.delete(key);
      } catch (error) {
        if (!(error instanceof SeaworthyError)) throw error;
        this.#failures.set(key, error.problems[0]);
      }
    }
  }

  /** The sealed value of each key; reports those that have none. */
  render(report: Reporter): Readonly<Record<string, string>> {
    const sealed: Record<string, string> = {};
    for (const key of Object.keys(this.#sealings.values)) {
      const found = this.#find(key);
      const problem = found === undefined ? this.#lacking(key) : this.#changed(key, found);
      if (problem !== undefined) report(problem);
      if (found !== undefined) sealed[key] = found.sealed;
    }
    return sealed;
  }

  #wanted(key: string): SealedFor {
    const { values, certificate, scope } = this.#sealings;
    const given = values[key];
    const version: string | number | undefined = isVersioned(given) ? given.version : undefined;
    return {
      publicKey: certificate.publicKey,
      scope,
      ...(version !== undefined && { version: String(version) }),
    };
  }

  /** The sealed value of the lock, if it is the wanted one. */
  #find(key: string): SealedValue | undefined {
    const { lock, secret } = this.#sealings;
    const found = lock.find(secret, key);
    return found !== undefined && differences(found, this.#wanted(key)).length === 0 ? found : undefined;
  }

  #lacking(key: string): UnplacedProblem {
    const { values, lock, secret } = this.#sealings;
    const failure = this.#failures.get(key);
    if (failure !== undefined) return failure;
    const path = `keys.${key}`;
    if (bytesOf(values[key]) !== undefined) {
      const hint = 'Run `seaworthy synth`, or call `app.synth()`, which seals it, and commit the lock.';
      return { code: 'NOT_SEALED', path, message: 'the value is not sealed yet', hint };
    }
    const other = lock.find(secret, key);
    const why =
      other === undefined
        ? 'and the lock has no sealed one'
        : `and the one in the lock is sealed for another ${differences(other, this.#wanted(key)).join(' and ')}`;
    const hint = 'Run `seaworthy synth` once where the value is known, and commit the lock.';
    return { code: 'NOT_SEALED', path, message: `Required value: there is no value, ${why}`, hint };
  }

  /** A value of another length is another value; whether one of the same length is, nothing in the lock may tell. */
  #changed(key: string, { sealed }: SealedValue): UnplacedProblem | undefined {
    const { values, certificate } = this.#sealings;
    const value = bytesOf(values[key]);
    const length = Buffer.from(sealed, 'base64').length - certificate.keyLength - OVERHEAD;
    if (value === undefined || value.length === length) return undefined;
    return {
      code: 'INVALID_PROP',
      path: `keys.${key}`,
      message: 'Invalid value: it is not the value that is sealed: its length is another',
      hint: `Set another version, which seals it again: \`${key}: { value, version: 2 }\`.`,
    };
  }
}

/** How a sealed value differs from the wanted one. */
function differences(found: SealedFor, wanted: SealedFor): readonly string[] {
  const names = { publicKey: 'certificate', scope: 'scope', version: 'version' } as const;
  return (Object.keys(names) as (keyof typeof names)[])
    .filter((field) => found[field] !== wanted[field])
    .map((field) => names[field]);
}
