import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createColors } from 'picocolors';
import { ManifestSet } from '../../lib/manifest/set';
import { plan } from '../../lib/plan/plan';
import { text } from '../../lib/report/plan/text';

const EXAMPLES = join(__dirname, '..', '..', 'examples', 'plan');

/** What `seaworthy plan` prints for the example called `name`; a test holds it to the command itself. */
export function planStory(name: string): string {
  const [before, after] = [`${name}/before.yaml`, `${name}/after.yaml`];
  const [old, now] = [before, after].map((source) =>
    ManifestSet.parse(readFileSync(join(EXAMPLES, source), 'utf8'), { source }),
  ) as [ManifestSet, ManifestSet];
  const { changes } = plan(old, now);
  const refused = changes.some(({ effect }) => effect === 'rejected') ? ['rejected'] : [];
  const sides = { before: { name: before }, after: { name: after } };
  const report = { ...sides, version: '', parts: [{ place: '', changes }], refused, full: false };
  const printed = text({ ...report, mode: 'change', apply: 'server-side' }, createColors(false));
  return `\`\`\`console\n$ seaworthy plan ${before} ${after}\n${printed}\`\`\``;
}
