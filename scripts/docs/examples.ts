import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Example } from '../../lib/check/rule';

const RULES = join(__dirname, '../../lib/check/rules');

/** The failing and passing YAML beside a rule of ours, by its name; nothing where it has none. */
export function exampleOf(name: string): Example | undefined {
  const [failing, passing] = ['failing', 'passing'].map((kind) => join(RULES, `${name}.${kind}.yaml`));
  if (failing === undefined || passing === undefined || !existsSync(failing)) return undefined;
  return { failing: readFileSync(failing, 'utf8'), passing: readFileSync(passing, 'utf8') };
}
