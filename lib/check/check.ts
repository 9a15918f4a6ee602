import type { Manifest } from '../manifest/manifest';
import type { ManifestSet } from '../manifest/set';
import { admit } from './admission/admit';
import type { Finding, Severity } from './finding';
import { RULES } from './registry';
import type { Rule } from './rule';
import { Subject } from './subject';
import type { SubjectOptions } from './subject';

/** `recommended` runs what nearly everybody wants, `strict` everything, `none` admission alone. */
export type Preset = 'recommended' | 'strict' | 'none';

export interface CheckOptions extends SubjectOptions {
  /** @default 'recommended' */
  readonly preset?: Preset;
  /** Another severity for the findings of a rule, or `off`, by its name. @default none */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
  /** Rules of the user's own, beside ours. @default none */
  readonly rules?: readonly Rule[];
}

/**
 * Everything there is to say about the objects of `set`: whether an API server would take them, whether they fit
 * together, and whether they are wise. Each environment is judged by itself, for its cluster's release.
 *
 * @throws SeaworthyError UNKNOWN_KUBERNETES for a release that is not known
 */
export function check(set: ManifestSet, options: CheckOptions = {}): Finding[] {
  return subjectsOf(set, options).flatMap((subject) => judge(subject, options));
}

/** One subject an environment, and one for the objects of none. */
function subjectsOf(set: ManifestSet, options: CheckOptions): Subject[] {
  const environments = new Set([...set].map(({ origin }) => origin?.environment));
  return [...environments].map((environment) => {
    const part = set.filter(({ origin }) => origin?.environment === environment);
    return new Subject(part, environment === undefined ? {} : set.clusters.get(environment), options);
  });
}

function judge(
  subject: Subject,
  { preset = 'recommended', rules = [], severities = {} }: CheckOptions,
): Finding[] {
  const found: Finding[] = [];
  for (const { object, origin } of subject.set) {
    for (const finding of admit(object, { kubernetes: subject.kubernetes }))
      found.push(located(finding, origin));
  }
  for (const rule of [...RULES, ...rules]) {
    if (preset === 'none' || (rule.strict === true && preset !== 'strict')) continue;
    const severity = severities[rule.name] ?? rule.severity;
    if (severity === 'off') continue;
    rule.run(subject, ({ id, origin }, path, message, hint) => {
      const finding = { rule: rule.name, severity, id, path, message, ...(hint !== undefined && { hint }) };
      found.push(located(finding, origin));
    });
  }
  return found;
}

function located(finding: Finding, origin: Manifest['origin']): Finding {
  return origin === undefined ? finding : { ...finding, origin };
}
