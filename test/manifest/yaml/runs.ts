/**
 * How long property tests run. `SEAWORTHY_PROPERTY_RUNS=20000 SEAWORTHY_PROPERTY_SEED=7 npx jest test/manifest/yaml`
 * looks further than the default, which is the same on every machine.
 */
export const runs = {
  numRuns: Number(process.env['SEAWORTHY_PROPERTY_RUNS'] ?? 200),
  seed: Number(process.env['SEAWORTHY_PROPERTY_SEED'] ?? 1),
};
