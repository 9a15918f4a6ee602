import { Capture } from './capture';
import type { Key } from './lists';
import { ArrayWith, InAnyOrder, InOrder, Keyed } from './lists';
import type { Matcher } from './matcher';
import type { Pattern } from './pattern';
import { Absent, Any, Exactly, Like, Not, SameQuantity, TextPattern } from './values';

/** Expectations for places in a manifest. Plain data is `like`, at every depth. */
export const match = {
  /** Has at least the fields of `pattern`, at every depth; lists have as many items as in `pattern`. */
  like: (pattern: Pattern): Matcher => new Like(pattern),
  /** Equals `pattern`: nothing is there that it does not have. */
  exactly: (pattern: Pattern): Matcher => new Exactly(pattern),
  /** There is no such field. */
  absent: (): Matcher => new Absent(),
  /** There is such a field, whatever its value. */
  any: (): Matcher => new Any(),
  /** Is not like `pattern`; nothing at all is not like it either. */
  not: (pattern: Pattern): Matcher => new Not(pattern),
  /** A list in which each of `patterns` is met by an item of its own, in any order, among others. */
  arrayWith: (patterns: readonly Pattern[]): Matcher => new ArrayWith(patterns),
  /** A list of as many items as there are `patterns`, each of which is met by an item of its own, in any order. */
  inAnyOrder: (patterns: readonly Pattern[]): Matcher => new InAnyOrder(patterns),
  /** A list in which `patterns` are met by items that follow each other in this order, others in between. */
  inOrder: (patterns: readonly Pattern[]): Matcher => new InOrder(patterns),
  /**
   * A list with an item of this `name`, which is like `pattern`: containers, env, ports, volumes. Lists whose items
   * have no name are told by other fields: `match.key({ containerPort: 8080 })`.
   */
  key: (key: Key, pattern: Pattern = {}): Matcher => new Keyed(key, pattern),
  /** A text in which the regular expression finds something. */
  pattern: (expression: RegExp | string): Matcher => new TextPattern(expression),
  /** A quantity of the same size: `500m` equals `0.5`. */
  quantity: (quantity: string | number): Matcher => new SameQuantity(quantity),
  /** Keeps the value that stands here, which is like `pattern`, for the rest of the test. */
  capture: <T = unknown>(pattern: Pattern = match.any()): Capture<T> => new Capture<T>(pattern),
};
