import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gateNames, isGate, isOn } from '../../lib/kube/gates';
import { releases } from '../../lib/kube/schema';
import { STEPS, servedKinds } from './release-changes';

/** A row for each release: where its schema is from, and how much of it is known. */
export function releaseTable(): string {
  const patches = readFileSync(join(__dirname, '../schema/releases.txt'), 'utf8').trim().split('\n');
  const rows = releases.map((release, index) => {
    const hasPage = STEPS.some((step) => step.release === release);
    const name = hasPage ? `[${release}](releases/${release}.md)` : release;
    const on = gateNames.filter((gate) => isGate(gate) && isOn(gate, release)).length;
    return `| ${name} | ${patches[index] ?? ''} | ${servedKinds(release).length} | ${on} |`;
  });
  return [
    '| release | schema and gates of | kinds and versions served by default | gates on by default |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n');
}
