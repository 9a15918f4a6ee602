/**
 * Releases next to each other among which something comes out the same, by the minor numbers of the first and the last:
 * `[29, 32]`. Open ends are infinite.
 */
export type Stretch = readonly [first: number, last: number];

/** Something, and the releases for which it comes out the same. */
export interface Kept<Value> {
  readonly value: Value;
  readonly stretch: Stretch;
}

/** What is being worked out for a release, and the releases for which all questions so far have the same answers. */
interface Work {
  readonly release: string;
  first: number;
  last: number;
}

let open: Work | undefined;

/**
 * Works something out for a release, and says among which releases it comes out the same: those for which every question
 * about the release that is asked meanwhile has the same answer. All such questions end in `isBefore`, or in what a
 * `ByRelease` keeps. What looks at a release in another way has to call `narrowTo`.
 */
export function withStretch<T>(release: string, work: () => T): Kept<T> {
  const outer = open;
  const own: Work = { release, first: -Infinity, last: Infinity };
  open = own;
  try {
    const value = work();
    return { value, stretch: [own.first, own.last] };
  } finally {
    open = outer;
    narrowTo(release, [own.first, own.last]);
  }
}

/** Says that what is being worked out for `release` holds in a stretch at most. */
export function narrowTo(release: string, [first, last]: Stretch): void {
  if (open?.release !== release) return;
  if (first > open.first) open.first = first;
  if (last < open.last) open.last = last;
}

/** Works something out whose questions do not count, because `narrowTo` says what it depends on. */
export function aside<T>(work: () => T): T {
  const outer = open;
  open = undefined;
  try {
    return work();
  } finally {
    open = outer;
  }
}

/** Whether somebody asks for which releases the work holds. */
export function isRecording(): boolean {
  return open !== undefined;
}

/** Whether `a` comes before `b`, which what is being worked out for either then depends on. */
export function comesBefore(a: string, b: string): boolean {
  const [minorA, minorB] = [minorOf(a), minorOf(b)];
  const isBefore = minorA < minorB;
  if (open !== undefined) {
    if (a === open.release) narrowTo(a, isBefore ? [-Infinity, minorB - 1] : [minorB, Infinity]);
    if (b === open.release) narrowTo(b, isBefore ? [minorA + 1, Infinity] : [-Infinity, minorA]);
  }
  return isBefore;
}

/** Bounded by the releases that data name. */
const minors = new Map<string, number>();

/** 31 of `1.31`: Kubernetes has had no other major version. */
function minorOf(release: string): number {
  let minor = minors.get(release);
  if (minor === undefined) minors.set(release, (minor = Number(release.slice(release.indexOf('.') + 1))));
  return minor;
}

/** A release and no other. */
export function only(release: string): Stretch {
  return [minorOf(release), minorOf(release)];
}

/** Whether a release is in a stretch. */
export function isWithin(release: string, [first, last]: Stretch): boolean {
  const minor = minorOf(release);
  return first <= minor && minor <= last;
}

/** What was worked out for a key and a release, which says for which releases it holds when it is asked for again, too. */
export class ByRelease<Key extends object, Value> {
  readonly #known = new WeakMap<Key, Map<string, Kept<Value>>>();

  get(key: Key, release: string, make: () => Value): Value {
    let all = this.#known.get(key);
    if (all === undefined) this.#known.set(key, (all = new Map<string, Kept<Value>>()));
    let found = all.get(release);
    if (found === undefined) all.set(release, (found = withStretch(release, make)));
    else narrowTo(release, found.stretch);
    return found.value;
  }
}
