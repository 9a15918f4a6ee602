/* eslint-disable jest/no-export -- a kit, which the tests beside the rules call */
import { check } from '../../lib/check/check';
import type { CheckOptions } from '../../lib/check/options';
import { ruleFacts } from '../../lib/check/facts';
import { RULES } from '../../lib/check/registry';
import type { Severity } from '../../lib/check/finding';
import { formatId } from '../../lib/manifest/manifest';
import { ManifestSet } from '../../lib/manifest/set';
import type { ClusterProfile } from '../../lib/profiles/cluster-profile';
import { exampleOf } from '../../scripts/docs/examples';

/** A finding of the rule under test. */
export type Found = readonly [object: string, path: string, message: string, hint?: string] & {
  /** Where it is not that of the rule. */
  readonly severity?: Severity;
};

/** Manifests, and what the rule finds in them. */
export type Case = readonly [title: string, yaml: string, found: readonly Found[], options?: CaseOptions];

export interface CaseOptions extends Pick<CheckOptions, 'kubernetes'> {
  readonly profile?: ClusterProfile;
  /** Objects that the cluster already has, as YAML. */
  readonly assume?: string;
}

/** The YAML beside the rule, with texts replaced: `failing('replicas: 1', 'replicas: 2')`. */
export interface Examples {
  readonly failing: (...edits: readonly string[]) => string;
  readonly passing: (...edits: readonly string[]) => string;
  /** The finding in the failing YAML, with other parts. */
  readonly found: (path?: string, message?: string, hint?: string, object?: string) => Found;
}

/**
 * Tests a rule: its failing YAML has exactly one finding, its passing YAML none, and so for each case.
 *
 * @param severity of its findings
 * @param found in the failing YAML
 */
export function ruleTest(
  name: string,
  severity: Severity,
  found: Found,
  cases: (examples: Examples) => readonly Case[] = () => [],
): void {
  const { failing, passing } = exampleOf(name) ?? { failing: '', passing: '' };
  const examples: Examples = {
    failing: (...edits) => edited(failing, edits),
    passing: (...edits) => edited(passing, edits),
    found: (path, message, hint, object) => {
      const way = hint ?? found[3];
      const parts = [object ?? found[0], path ?? found[1], message ?? found[2]] as const;
      return way === undefined ? parts : [...parts, way];
    },
  };

  describe(`${name}`, () => {
    it('finds one thing in its failing example, and nothing in its passing one', () => {
      expect(findingsOf(name, failing)).toEqual([{ severity, found }]);
      expect(findingsOf(name, passing)).toEqual([]);
    });

    const table = cases(examples);
    if (table.length === 0) return;
    it.each(table.map(([title, ...rest]) => ({ title, rest })))(
      '$title',
      ({ rest: [yaml, all, options] }) => {
        expect(findingsOf(name, yaml, options)).toEqual(
          all.map((each) => ({ severity: each.severity ?? severity, found: [...each] })),
        );
      },
    );
  });
}

/** The finding as a warning or as information, where it is not proven: with the severity as its last part. */
export function unproven(
  found: Found,
  severity: Severity = 'warning',
): Found & { readonly severity: Severity } {
  return Object.assign([...found] as unknown as Found, { severity });
}

/** Settings that leave a rule with the severities that it gives its findings. */
function othersOff(name: string): Record<string, 'off'> {
  const names = ruleFacts().map((fact) => fact.name);
  return Object.fromEntries(names.filter((each) => each !== name).map((each) => [each, 'off']));
}

/** What the rule finds, as part of a whole check with everything else off. */
export function findingsOf(
  name: string,
  yaml: string,
  { profile = {}, assume = '', ...options }: CaseOptions = {},
): { readonly severity: Severity; readonly found: Found }[] {
  const rule = RULES.find((each) => each.name === name);
  if (rule === undefined) throw new Error(`no rule ${name}`);
  const manifests = [...ManifestSet.parse(yaml)].map((manifest) => ({
    ...manifest,
    origin: { environment: 'test' },
  }));
  const set = ManifestSet.from(manifests, new Map([['test', profile]]));
  const settings = { preset: 'strict', severities: othersOff(name) } as const;
  return check(set, { ...options, ...settings, assume: ManifestSet.parse(assume) })
    .filter((finding) => finding.rule === name)
    .map(({ severity, id, path, message, hint }) => ({
      severity,
      found: hint === undefined ? [formatId(id), path, message] : [formatId(id), path, message, hint],
    }));
}

function edited(yaml: string, edits: readonly string[]): string {
  let text = yaml;
  for (let index = 0; index < edits.length; index += 2) {
    const [from = '', to = ''] = edits.slice(index, index + 2);
    if (!text.includes(from)) throw new Error(`the example has no ${JSON.stringify(from)}`);
    text = text.replaceAll(from, () => to);
  }
  return text;
}
