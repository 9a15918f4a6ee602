import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createColors } from 'picocolors';
import { blastRadius } from '../../lib/draw/blast';
import { ManifestSet } from '../../lib/manifest/set';
import { plan } from '../../lib/plan/plan';
import { markdown } from '../../lib/report/plan/markdown';
import { text } from '../../lib/report/plan/text';

const EXAMPLES = join(__dirname, '..', '..', 'examples', 'plan');

/**
 * What `seaworthy plan` prints for the example called `name`, and how the comment on its pull request begins; a test holds
 * both to the command itself.
 */
export function planStory(name: string): string {
  const [before, after] = [`${name}/before.yaml`, `${name}/after.yaml`];
  const [old, now] = [before, after].map((source) =>
    ManifestSet.parse(readFileSync(join(EXAMPLES, source), 'utf8'), { source }),
  ) as [ManifestSet, ManifestSet];
  const [cluster] = plan(old, now).clusters;
  if (cluster === undefined) throw new Error(`examples/plan/${name} has no objects`);
  const { changes } = cluster;
  const refused = changes.some(({ effect }) => effect === 'rejected') ? ['rejected'] : [];
  const sides = { before: { name: before }, after: { name: after } };
  const parts = [{ place: '', changes, blast: () => blastRadius(cluster) }];
  const settings = { version: '', mode: 'change', apply: 'server-side', full: false } as const;
  const report = { ...sides, ...settings, parts, refused };
  const paint = createColors(false);
  const printed = text(report, paint);
  const comment = commentHead(markdown(report, paint));
  return `\`\`\`console\n$ seaworthy plan ${before} ${after}\n${printed}\`\`\`\n\nThe comment on the pull request opens with:\n\n${comment}`;
}

/** A comment up to what it folds, as a quotation. */
export function commentHead(comment: string): string {
  const [head = ''] = comment.replace(/^<!--.*-->\n/, '').split('\n<details');
  return head
    .trim()
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}
