import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { check } from '../check/check';
import type { CheckOptions } from '../check/options';
import { ruleFacts } from '../check/facts';
import { SEVERITIES, type Finding, type Severity } from '../check/finding';
import { renamedIn } from '../check/renamed-settings';
import { byCurrentName } from '../check/rule-names';
import { nearest, SeaworthyError, withCallers, type Problem } from '../errors';
import { recordedConstructs } from '../output/construct-metadata';
import { identityKey, type Manifest } from '../manifest/manifest';
import { ManifestSet } from '../manifest/set';
import { groupBy } from '../report/check/merge';
import { count, isAtLeast } from '../report/check/severities';
import { redactFindings } from '../report/redact/findings';
import { LONGEST_MESSAGE } from '../report/escape/terminal';
import { cut, inert, visible } from '../text';

/** The `properties:` of the plugin. */
export interface ValidationProperties extends Pick<CheckOptions, 'kubernetes' | 'preset'> {
  /** Another severity for the findings of a rule, or `off`, by its name. @default none */
  readonly rules?: CheckOptions['severities'];
  /** Findings of this severity, and of those above, fail the validation. @default 'error' */
  readonly failOn?: Severity;
}

/** The part of cdk8s-cli's `ValidationContext` that is used here. */
export interface ValidationContext {
  /** Paths of the files that were synthesized. */
  readonly manifests: readonly string[];
  readonly report: {
    addViolation(violation: Violation): void;
    submit(status: 'success' | 'failure', metadata?: Readonly<Record<string, string>>): void;
  };
}

/** A violation in cdk8s-cli's report: a rule, and the resources that violate it. */
export interface Violation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly {
    readonly resourceName: string;
    readonly locations: readonly string[];
    readonly manifestPath: string;
  }[];
}

const KEYS: Readonly<Record<keyof ValidationProperties, true>> = {
  kubernetes: true,
  preset: true,
  rules: true,
  failOn: true,
};

/**
 * `check` as a validation plugin of cdk8s: `cdk8s synth` runs it on what any app synthesizes.
 *
 * ```yaml
 * validations:
 *   - package: ./node_modules/seaworthy
 *     version: 0.1.0
 *     class: SeaworthyValidation
 * ```
 */
export class SeaworthyValidation {
  readonly #properties: ValidationProperties;

  /** @throws SeaworthyError CONFIG_INVALID for an unknown property */
  constructor(properties: ValidationProperties = {}) {
    this.#properties = properties;
    const [first, ...more] = Object.keys(properties)
      .filter((key) => !Object.hasOwn(KEYS, key))
      .map(unknownProperty);
    if (first !== undefined) throw new SeaworthyError(first, ...more);
  }

  /** Checks the files of the context, each environment of our own apps separately, and all other files as one set. */
  validate({ manifests, report }: ValidationContext): Promise<void> {
    const { failOn = 'error', rules = {}, ...options } = this.#properties;
    const files = new Map<Manifest, string>();
    // Former names are reported once, not for each set.
    const settings = { ...options, severities: byCurrentName(rules) };
    const found = [
      ...renamedIn(Object.keys(rules), 'rules'),
      ...setsOf(manifests, files).flatMap((set) => check(set, settings)),
    ];
    const findings = redactFindings(found, [...files.keys()]);
    const fileOf = new Map([...files].map(([{ id, origin }, file]) => [keyOf({ id, origin }), file]));
    for (const violation of violationsOf(findings, (finding) => fileOf.get(keyOf(finding)) ?? ''))
      report.addViolation(violation);
    const fails = findings.some(({ severity }) => isAtLeast(severity, failOn));
    const counts = SEVERITIES.map((severity) => [`${severity}s`, String(count(findings, severity))] as const);
    report.submit(fails ? 'failure' : 'success', Object.fromEntries(counts));
    return Promise.resolve();
  }
}

function unknownProperty(key: string): Problem {
  const near = nearest(key, Object.keys(KEYS));
  const hint =
    near === undefined ? `The properties are ${Object.keys(KEYS).join(', ')}.` : `Did you mean ${near}?`;
  return {
    code: 'CONFIG_INVALID',
    path: `properties.${key}`,
    message: `unknown property "${key}"`,
    hint,
  };
}

/** The origin distinguishes objects with the same identity in two environments. */
function keyOf({
  id,
  origin,
}: {
  readonly id: Finding['id'];
  readonly origin?: Finding['origin'] | undefined;
}): string {
  return `${origin?.environment ?? ''}|${identityKey(id)}`;
}

/** One set for each of our apps, and one for all other files; adds the file of each manifest to `files`. */
function setsOf(paths: readonly string[], files: Map<Manifest, string>): ManifestSet[] {
  const [first] = paths;
  const recorded = first === undefined ? undefined : recordedConstructs(resolve(first));
  const others = new Map(paths.map((path) => [resolve(path), path]));
  const read = (path: string, given: string): Manifest[] => {
    const manifests = [...ManifestSet.parse(readFileSync(path, 'utf8'), { source: given })];
    others.delete(path);
    return manifests;
  };
  const known = (manifests: readonly Manifest[], given: string): readonly Manifest[] => {
    for (const manifest of manifests) files.set(manifest, given);
    return manifests;
  };
  const sets = (recorded?.apps ?? []).map(({ clusters, files: own }) => {
    const manifests = Object.entries(own).flatMap(([file, objects]) => {
      const path = resolve(recorded?.outdir ?? '', file);
      const given = others.get(path);
      if (given === undefined) return [];
      return known(
        read(path, given).map((manifest, index) => ({ ...manifest, ...objects[index] })),
        given,
      );
    });
    return ManifestSet.from(manifests, new Map(Object.entries(clusters)));
  });
  const rest = [...others].flatMap(([path, given]) => known(read(path, given), given));
  return [...sets, ManifestSet.from(rest)];
}

function violationsOf(findings: readonly Finding[], fileOf: (finding: Finding) => string): Violation[] {
  const facts = new Map(ruleFacts().map((rule) => [rule.name, rule]));
  return groupBy(findings, ({ rule }) => rule).map((found) => {
    const [{ rule }] = found;
    const { about = '', why = '' } = facts.get(rule) ?? {};
    const hints = new Set(found.map(({ hint }) => hint).filter((hint) => hint !== undefined));
    const objects = groupBy(found, (finding) => `${fileOf(finding)}|${keyOf(finding)}`);
    return {
      ruleName: rule,
      recommendation: about,
      fix: hints.size > 0 ? shown(cut([...hints].join(' '), LONGEST_MESSAGE)) : why,
      violatingResources: objects.map((group) => ({
        resourceName: shown(group[0].id.name),
        locations: group.map(locationOf),
        manifestPath: shown(fileOf(group[0])),
      })),
    };
  });
}

function locationOf({ severity, id, path, message, origin }: Finding): string {
  const at = origin?.source === undefined ? '' : ` (${withCallers(origin)})`;
  const field = path === '' ? '' : `${path}: `;
  return shown(`${severity}: ${id.kind} ${field}${cut(message, LONGEST_MESSAGE)}${at}`);
}

/** In one line of a report that cdk8s prints. */
function shown(text: string): string {
  return inert(visible(text));
}
