import { Capture } from './capture';
import type { Key } from './lists';
import { ArrayWith, InAnyOrder, InOrder, Keyed } from './lists';
import type { Matcher } from './matcher';
import type { Pattern } from './pattern';
import { Absent, Any, Exactly, Like, Not, SameQuantity, TextPattern } from './values';

/** Expectations for values in a manifest. Plain data is `like`, at every depth. */
export const match = {
  /** Has at least the fields of `pattern`, at every depth; lists have as many items as in `pattern`. */
  like: (pattern: Pattern): Matcher => new Like(pattern),
  /** Equals `pattern`: no other fields are set. */
  exactly: (pattern: Pattern): Matcher => new Exactly(pattern),
  /** The field is not set. */
  absent: (): Matcher => new Absent(),
  /** The field is set, to any value. */
  any: (): Matcher => new Any(),
  /** Does not match `pattern`; a field that is not set does not match either. */
  not: (pattern: Pattern): Matcher => new Not(pattern),
  /** A list in which each of `patterns` matches a different item, in any order; it may have other items. */
  arrayWith: (patterns: readonly Pattern[]): Matcher => new ArrayWith(patterns),
  /** A list with exactly one item for each of `patterns`, in any order. */
  inAnyOrder: (patterns: readonly Pattern[]): Matcher => new InAnyOrder(patterns),
  /** A list whose items match `patterns` in this order, with any others in between. */
  inOrder: (patterns: readonly Pattern[]): Matcher => new InOrder(patterns),
  /**
   * A list with an item of this `name`, which is like `pattern`: containers, env, ports, volumes. For lists whose
   * items have no name, use other fields: `match.key({ containerPort: 8080 })`.
   */
  key: (key: Key, pattern: Pattern = {}): Matcher => new Keyed(key, pattern),
  /** A string that matches the regular expression. */
  pattern: (expression: RegExp | string): Matcher => new TextPattern(expression),
  /** A quantity of the same size: `500m` equals `0.5`. */
  quantity: (quantity: string | number): Matcher => new SameQuantity(quantity),
  /** Captures the value here, which matches `pattern`, for the rest of the test. */
  capture: <T = unknown>(pattern: Pattern = match.any()): Capture<T> => new Capture<T>(pattern),
};
