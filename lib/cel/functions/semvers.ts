import { CelError, OpaqueValue, UINT_MAX } from '../values/value';
import type { Result } from '../values/value';
import { SEMVER, functions, overload } from './overload';

type Numbers = readonly [major: bigint, minor: bigint, patch: bigint];

/** A version by the rules of semver.org. Build metadata (`+b5`) is ignored in comparisons. */
class SemverValue extends OpaqueValue {
  readonly type = SEMVER;
  readonly numbers: Numbers;
  readonly pre: readonly string[];

  constructor(numbers: Numbers, pre: readonly string[]) {
    super();
    this.numbers = numbers;
    this.pre = pre;
  }

  override equals(other: OpaqueValue): boolean {
    return other instanceof SemverValue && this.compare(other) === 0;
  }

  compare(other: SemverValue): number {
    for (const [index, number] of this.numbers.entries()) {
      const theirs = other.numbers[index] ?? 0n;
      if (number !== theirs) return number < theirs ? -1 : 1;
    }
    // A version is greater than all its pre-releases.
    if (this.pre.length === 0) return other.pre.length === 0 ? 0 : 1;
    if (other.pre.length === 0) return -1;
    return comparePre(this.pre, other.pre);
  }
}

/** Numbers are lower than words, and a prefix is lower than a longer list. */
function comparePre(one: readonly string[], other: readonly string[]): number {
  for (const [index, part] of one.entries()) {
    const theirs = other[index];
    if (theirs === undefined) return 1;
    if (part === theirs) continue;
    const [isNumber, areNumber] = [/^\d+$/.test(part), /^\d+$/.test(theirs)];
    if (isNumber && areNumber) return BigInt(part) < BigInt(theirs) ? -1 : 1;
    if (isNumber !== areNumber) return isNumber ? -1 : 1;
    return part < theirs ? -1 : 1;
  }
  return one.length < other.length ? -1 : 0;
}

const NUMBER = '(0|[1-9]\\d{0,19})';
const SHAPE = new RegExp(`^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-([0-9A-Za-z.-]+))?(?:\\+([0-9A-Za-z.-]+))?$`);

function read(text: string): SemverValue | CelError {
  const wrong = new CelError(`${JSON.stringify(text)} is not a semantic version`);
  const match = SHAPE.exec(text);
  if (match === null) return wrong;
  const numbers = match.slice(1, 4).map(BigInt) as unknown as Numbers;
  const pre = match[4]?.split('.') ?? [];
  const build = match[5]?.split('.') ?? [];
  const isRight =
    numbers.every((number) => number <= UINT_MAX) &&
    [...pre, ...build].every((part) => part !== '') &&
    pre.every((part) => !/^0\d+$/.test(part));
  return isRight ? new SemverValue(numbers, pre) : wrong;
}

/** Accepts common variations: a `v` prefix, leading zeros, fewer than three numbers. */
function readLoosely(text: string): SemverValue | CelError {
  const [major = '', minor, ...rest] = text.replace(/^v/, '').split('.');
  const parts = [
    major,
    ...(minor === undefined ? [] : [minor]),
    ...(rest.length > 0 ? [rest.join('.')] : []),
  ];
  const plain = parts.map((part) =>
    part.length > 1 ? part.replace(/^0+(?=\d)/, '').replace(/^0+$/, '0') : part,
  );
  if (plain.length < 3 && /[+-]/.test(plain.at(-1) ?? '')) return read('');
  return read([...plain, '0', '0'].slice(0, Math.max(3, plain.length)).join('.'));
}

function normalized(text: string, isLoose: boolean): SemverValue | CelError {
  return isLoose ? readLoosely(text) : read(text);
}

type One = [SemverValue];
type Two = [SemverValue, SemverValue];

/** Semantic versions; since 1.34. */
export const SEMVERS = functions({
  semver: [
    overload<[string]>('string_to_semver', '(string): Semver', read),
    overload<[string, boolean]>('string_bool_to_semver', '(string, bool): Semver', normalized),
  ],
  isSemver: [
    overload<[string]>(
      'is_semver_string',
      '(string): bool',
      (text): Result => !(read(text) instanceof CelError),
    ),
    overload<[string, boolean]>(
      'is_semver_string_bool',
      '(string, bool): bool',
      (text, isLoose) => !(normalized(text, isLoose) instanceof CelError),
    ),
  ],
  isGreaterThan: [
    overload<Two>('semver_is_greater_than', 'Semver.(Semver): bool', (a, b) => a.compare(b) > 0),
  ],
  isLessThan: [overload<Two>('semver_is_less_than', 'Semver.(Semver): bool', (a, b) => a.compare(b) < 0)],
  compareTo: [overload<Two>('semver_compare_to', 'Semver.(Semver): int', (a, b) => BigInt(a.compare(b)))],
  major: [overload<One>('semver_major', 'Semver.(): int', ({ numbers }) => BigInt.asIntN(64, numbers[0]))],
  minor: [overload<One>('semver_minor', 'Semver.(): int', ({ numbers }) => BigInt.asIntN(64, numbers[1]))],
  patch: [overload<One>('semver_patch', 'Semver.(): int', ({ numbers }) => BigInt.asIntN(64, numbers[2]))],
});
