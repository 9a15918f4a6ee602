import { types } from 'node:util';
import type { Reporter } from '../core/problems';
import type { Shape } from '../core/shape';
import { anyOf, number, record, text } from '../core/shapes';

/** A value to seal; `undefined` or `''` where this machine does not know it. */
export type PlainValue = string | Uint8Array | undefined;

/** A value whose changes are announced: it is sealed again when its version is another. */
export interface VersionedValue {
  /** The value. @default not known here: what is in the lock is used */
  readonly value?: PlainValue;
  /** Name of this value, such as a number or a date, which is written to the lock. */
  readonly version: string | number;
}

/** What a SealedSecret is given for a key. */
export type SecretValue = PlainValue | VersionedValue;

/** Programs pass on variables that may not be set. */
const PLAIN: Shape<string | Uint8Array> = {
  expected: 'a string or bytes',
  takes: (value) => value === undefined || typeof value === 'string' || types.isUint8Array(value),
};

export const SECRET_VALUE = anyOf<string | Uint8Array | VersionedValue>([
  PLAIN,
  record<VersionedValue>(
    { value: PLAIN, version: anyOf<string | number>([text, number]) },
    { expected: '{ value, version }' },
  ),
]);

export function isVersioned(value: SecretValue): value is VersionedValue {
  return typeof value === 'object' && !types.isUint8Array(value);
}

/** CI systems set the variables of secrets that they do not have to the empty string. */
export function bytesOf(given: SecretValue): Uint8Array | undefined {
  const value = isVersioned(given) ? given.value : given;
  return value === undefined || value.length === 0 ? undefined : Buffer.from(value);
}

/** Reports objects that do not name a version. */
export function checkVersions(keys: Readonly<Record<string, SecretValue>>, report: Reporter): void {
  for (const [key, value] of Object.entries(keys)) {
    // A program in JavaScript may leave it out.
    if (!isVersioned(value) || (value.version as unknown) !== undefined) continue;
    const message = 'Required value: an object names the version of its value';
    report({ code: 'MISSING_PROP', path: `keys.${key}.version`, message });
  }
}
