import type { Manifest, Suppression } from '../manifest/manifest';
import type { ManifestSet } from '../manifest/set';
import type { Finding } from './finding';
import { currentName, nearestRule } from './rule-names';

/** What plain YAML says instead of a suppression in code: lines such as `policy/image-tag: because …`. */
export const ANNOTATION = 'seaworthy.dev/suppress';

const AT = `metadata.annotations[${ANNOTATION}]`;

export const UNUSED = 'suppression/unused';
export const INVALID = 'suppression/invalid';
export const RENAMED = 'suppression/renamed';

/** One suppression, with the first of the objects that it covers. */
interface Said {
  readonly rule: string;
  readonly reason: string;
  readonly manifest: Manifest;
  /** Where it stands: in code, or in the annotation of the object. */
  readonly inCode: Suppression | undefined;
  used: boolean;
}

/**
 * What is accepted, and why, over a whole set. It forgets nothing that it lets pass, so that it can tell afterwards of
 * suppressions that suppressed nothing.
 */
export class Suppressions {
  readonly #byManifest = new Map<Manifest, readonly Said[]>();
  readonly #all: readonly Said[];

  constructor(set: ManifestSet) {
    const inCode = new Map<string, Said>();
    const inYaml: Said[] = [];
    for (const manifest of set) {
      const own = annotated(manifest);
      inYaml.push(...own);
      const above = (manifest.suppressions ?? []).map((suppression) => {
        const { rule, reason, construct, source = '' } = suppression;
        const key = [rule, reason, construct, source].join('\n');
        const said = inCode.get(key) ?? { rule, reason, manifest, inCode: suppression, used: false };
        inCode.set(key, said);
        return said;
      });
      if (own.length + above.length > 0) this.#byManifest.set(manifest, [...own, ...above]);
    }
    this.#all = [...inCode.values(), ...inYaml];
  }

  /** Whether a finding is accepted. An error of admission never is: the API server reads no reasons. */
  accepts(manifest: Manifest, { rule, severity }: Finding): boolean {
    if (severity === 'error' && rule.startsWith('admission/')) return false;
    const accepting = (this.#byManifest.get(manifest) ?? []).filter(
      (said) => currentName(said.rule) === rule && said.reason !== '',
    );
    for (const said of accepting) said.used = true;
    return accepting.length > 0;
  }

  /**
   * What is wrong with the suppressions themselves.
   *
   * @param known names of all rules
   * @param ran names of those that ran: whether another one finds anything is not known
   */
  findings(known: ReadonlySet<string>, ran: ReadonlySet<string>): readonly (readonly [Manifest, Finding])[] {
    return this.#all.flatMap((said) => {
      const finding = invalid(said, known) ?? unused(said, ran) ?? renamed(said);
      return finding === undefined ? [] : [[said.manifest, finding] as const];
    });
  }
}

function annotated(manifest: Manifest): Said[] {
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

function invalid(said: Said, known: ReadonlySet<string>): Finding | undefined {
  const { rule, reason } = said;
  if (!known.has(currentName(rule))) {
    const near = nearestRule(rule, known);
    const hint = near === undefined ? 'See docs/reference/rules.md for all rules.' : `Did you mean ${near}?`;
    return finding(said, INVALID, 'error', `suppresses the unknown rule "${rule}"`, hint);
  }
  if (reason !== '') return undefined;
  const hint = `Write the reason behind the rule: "${rule}: because …".`;
  return finding(said, INVALID, 'error', `suppresses ${rule} without a reason`, hint);
}

function unused(said: Said, ran: ReadonlySet<string>): Finding | undefined {
  const { rule, reason } = said;
  if (said.used || !ran.has(currentName(rule))) return undefined;
  const message = `suppresses ${rule} ("${reason}"), which finds nothing to suppress`;
  const hint = rule.startsWith('admission/')
    ? 'Remove it. Errors of admission cannot be suppressed.'
    : 'Remove the suppression.';
  return finding(said, UNUSED, 'warning', message, hint);
}

/** A suppression by a former name suppresses the same as before. */
function renamed(said: Said): Finding | undefined {
  const name = currentName(said.rule);
  if (name === said.rule) return undefined;
  const message = `suppresses ${said.rule}, which is now called ${name}`;
  return finding(said, RENAMED, 'info', message, `Write ${name}.`);
}

/** It stands where the suppression does, which may be another line than that of the object. */
function finding(
  { manifest: { id, origin }, inCode }: Said,
  rule: string,
  severity: Finding['severity'],
  message: string,
  hint: string,
): Finding {
  const path = inCode === undefined ? AT : '';
  const told = { rule, severity, id, path, message, hint };
  if (inCode === undefined) return origin === undefined ? told : { ...told, origin };
  const { construct, source } = inCode;
  return { ...told, origin: { ...origin, construct, ...(source !== undefined && { source }) } };
}
