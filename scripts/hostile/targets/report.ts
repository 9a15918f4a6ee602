import { check } from '../../../lib/check/check';
import { ruleFacts } from '../../../lib/check/facts';
import { latestRelease } from '../../../lib/kube/schema';
import { ManifestSet } from '../../../lib/manifest/set';
import { plan } from '../../../lib/plan/plan';
import { CHECK_FORMATS } from '../../../lib/report/check/formats';
import type { Means } from '../../../lib/report/check/report';
import { PLAN_FORMATS } from '../../../lib/report/plan/formats';
import { after, objects } from '../generate/sets';
import { coded } from '../invariants';
import { printed } from '../printed';
import type { Target } from '../target';

export type ReportInput = { readonly before: readonly unknown[]; readonly after: readonly unknown[] };

const same = (text: string): string => text;
const PAINT = { bold: same, dim: same, red: same, yellow: same, green: same, blue: same, cyan: same };

/** Prints the findings and the plan of a set in every format: what is printed keeps to its format. */
export const report: Target<ReportInput> = {
  name: 'report',
  weight: 4,
  shrinks: ['before', 'after'],
  make(random) {
    const before = objects(random, latestRelease);
    return { before, after: after(before, random, latestRelease) };
  },
  run({ before, after }) {
    // Read from text, so that findings name lines.
    const read = coded(
      () => [ManifestSet.of(before).toYaml(), ManifestSet.of(after).toYaml()] as const,
      ['NOT_AN_OBJECT', 'RENDER_FAILED', 'UNWRITABLE_STRING'],
    );
    if ('code' in read) return read.code;
    const [old, now] = read.value.map((text) => ManifestSet.parse(text, { source: 'a.yaml' }));
    if (old === undefined || now === undefined) return '';
    const lines = read.value[0].split('\n');
    const length = checked(old, { paint: PAINT, lines: () => lines });
    return `${length + compared(old, now)} characters`;
  },
};

function checked(set: ManifestSet, means: Means): number {
  const shown = {
    version: '1.2.3',
    parts: [{ manifests: set.manifests, findings: check(set, { preset: 'strict' }) }],
    rules: ruleFacts(),
    failOn: 'warning',
    fallback: 'a.yaml',
  } as const;
  return CHECK_FORMATS.reduce((sum, { name, print }) => sum + printed(name, print(shown, means)), 0);
}

function compared(before: ManifestSet, after: ManifestSet): number {
  const planned = coded(() => plan(before, after), ['DUPLICATE_IDENTITY']);
  if ('code' in planned) return 0;
  const shown = {
    version: '1.2.3',
    before: { name: 'before.yaml' },
    after: { name: 'after.yaml' },
    parts: [{ place: '', changes: planned.value.changes }],
    mode: 'change',
    apply: 'server-side',
    refused: [],
    full: true,
  } as const;
  return PLAN_FORMATS.reduce((sum, { name, print }) => sum + printed(name, print(shown, PAINT)), 0);
}
