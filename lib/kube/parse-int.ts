const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;

/** Parses decimal text as Go does (strconv.ParseInt with base 10 and 64 bits); undefined when Go returns an error. */
export function parseInt64(text: string): bigint | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = BigInt(text.replace(/^\+/, ''));
  return value < MIN_INT64 || value > MAX_INT64 ? undefined : value;
}
