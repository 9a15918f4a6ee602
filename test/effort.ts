/**
 * How much a test looks at: `npm test` takes a sample, `npm run test:long` the whole. `scripts/test-long.js` finds the suites
 * that import this file.
 */
export function effort(sample: number, whole: number): number {
  return process.env['SEAWORTHY_LONG'] === undefined ? sample : whole;
}
