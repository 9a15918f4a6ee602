const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const;

/** Seconds as kubectl writes an age: `45s`, `5m10s`, `3h`, `2d4h`, `40d`. */
export function duration(seconds: number): string {
  const index = UNITS.findIndex(([, length]) => seconds >= length);
  const [unit, length] = UNITS[index] ?? ['s', 1];
  const count = Math.floor(seconds / length);
  const [smaller, part] = UNITS[index + 1] ?? ['', 1];
  const rest = Math.floor((seconds % length) / part);
  // The smaller unit matters while there are few of the larger.
  return index < 0 || smaller === '' || rest === 0 || count >= 10
    ? `${count}${unit}`
    : `${count}${unit}${rest}${smaller}`;
}
