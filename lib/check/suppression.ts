import { bounded } from '../kube/bounded';
import { grouped } from '../kube/grouped';
import type { Manifest, Suppression } from '../manifest/manifest';
import type { ManifestSet } from '../manifest/set';
import type { Finding } from './finding';
import { currentName, nearestRule } from './rule-names';

/** The annotation for suppressions in plain YAML: lines such as `policy/image-tag: because …`. */
export const ANNOTATION = 'seaworthy.dev/suppress';

const AT = `metadata.annotations[${ANNOTATION}]`;

export const UNUSED = 'suppression/unused';
export const INVALID = 'suppression/invalid';
export const RENAMED = 'suppression/renamed';

/** A suppression, with the first object that it covers. */
interface Suppressed {
  readonly rule: string;
  readonly reason: string;
  readonly manifest: Manifest;
  /** The suppression in code; `undefined` for one in an annotation. */
  readonly inCode: Suppression | undefined;
  used: boolean;
}

/**
 * The suppressions of a set. They record whether they are used, to report those that suppress nothing.
 */
export class Suppressions {
  /** Those of each object by the rule, without those that have no reason. */
  readonly #byManifest = new Map<Manifest, ReadonlyMap<string, readonly Suppressed[]>>();
  readonly #used = new Set<readonly Suppressed[]>();
  readonly #all: readonly Suppressed[];

  constructor(set: ManifestSet) {
    const inCode = new Map<string, Suppressed>();
    const inYaml: Suppressed[] = [];
    for (const manifest of set) {
      const own = annotated(manifest);
      for (const each of own) inYaml.push(each);
      const above = (manifest.suppressions ?? []).map((suppression) => {
        const { rule, reason, construct, source = '' } = suppression;
        const key = [rule, reason, construct, source].join('\n');
        const suppressed = inCode.get(key) ?? { rule, reason, manifest, inCode: suppression, used: false };
        inCode.set(key, suppressed);
        return suppressed;
      });
      const reasoned = [...own, ...above].filter((each) => each.reason !== '');
      if (reasoned.length > 0)
        this.#byManifest.set(
          manifest,
          grouped(reasoned, (each) => currentName(each.rule)),
        );
    }
    this.#all = [...inCode.values(), ...inYaml];
  }

  /** Whether a finding is suppressed. Errors of admission never are: the API server rejects the object anyway. */
  accepts(manifest: Manifest, { rule, severity }: Finding): boolean {
    if (severity === 'error' && rule.startsWith('admission/')) return false;
    const accepting = this.#byManifest.get(manifest)?.get(rule);
    if (accepting === undefined) return false;
    if (!this.#used.has(accepting)) for (const each of accepting) each.used = true;
    this.#used.add(accepting);
    return true;
  }

  /**
   * Reports invalid, unused and renamed suppressions.
   *
   * @param known the names of all rules
   * @param ran the names of the rules that ran; a suppression of another rule is not unused
   */
  findings(known: ReadonlySet<string>, ran: ReadonlySet<string>): readonly (readonly [Manifest, Finding])[] {
    return this.#all.flatMap((said) => {
      const finding = invalid(said, known) ?? unused(said, ran) ?? renamed(said);
      return finding === undefined ? [] : [[said.manifest, finding] as const];
    });
  }
}

function annotated(manifest: Manifest): Suppressed[] {
  const text: unknown = manifest.object.metadata.annotations?.[ANNOTATION];
  if (typeof text !== 'string') return [];
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const colon = line.indexOf(':');
      const rule = (colon < 0 ? line : line.slice(0, colon)).trim();
      const reason = colon < 0 ? '' : line.slice(colon + 1).trim();
      return { rule, reason, manifest, inCode: undefined, used: false };
    });
}

function invalid(said: Suppressed, known: ReadonlySet<string>): Finding | undefined {
  const { rule, reason } = said;
  if (!known.has(currentName(rule))) {
    const near = nearestRule(rule, known);
    const hint = near === undefined ? 'See docs/reference/rules.md for all rules.' : `Did you mean ${near}?`;
    return finding(said, INVALID, 'error', `suppresses the unknown rule "${rule}"`, hint);
  }
  if (reason !== '') return undefined;
  const hint = `Write the reason after the rule: "${rule}: because …".`;
  return finding(said, INVALID, 'error', `suppresses ${rule} without a reason`, hint);
}

function unused(said: Suppressed, ran: ReadonlySet<string>): Finding | undefined {
  const { rule, reason } = said;
  if (said.used || !ran.has(currentName(rule))) return undefined;
  const message = `suppresses ${rule} ("${reason}"), which finds nothing to suppress`;
  const hint = rule.startsWith('admission/')
    ? 'Remove it. Errors of admission cannot be suppressed.'
    : 'Remove the suppression.';
  return finding(said, UNUSED, 'warning', message, hint);
}

/** A suppression by a former name suppresses the same as before. */
function renamed(said: Suppressed): Finding | undefined {
  const name = currentName(said.rule);
  if (name === said.rule) return undefined;
  const message = `suppresses ${said.rule}, which is now called ${name}`;
  return finding(said, RENAMED, 'info', message, `Write ${name}.`);
}

/** The finding is at the suppression, whose line may differ from that of the object. */
function finding(
  { manifest: { id, origin }, inCode }: Suppressed,
  rule: string,
  severity: Finding['severity'],
  message: string,
  hint: string,
): Finding {
  const path = inCode === undefined ? AT : '';
  const parts = { rule, severity, id, path, message: bounded(message), hint: bounded(hint) };
  if (inCode === undefined) return origin === undefined ? parts : { ...parts, origin };
  const { construct, source } = inCode;
  return { ...parts, origin: { ...origin, construct, ...(source !== undefined && { source }) } };
}
