import type { Cluster } from '../graph/cluster';
import { bounded } from '../kube/bounded';
import { isEncrypted } from '../manifest/encrypted';
import type { Manifest } from '../manifest/manifest';
import { progress } from '../manifest/progress';
import { withKeys } from '../manifest/with-keys';
import { admissionSlices, type Reported } from './admit-set';
import type { Finding } from './finding';
import type { KnownAdmission } from './known-admission';
import { runs } from './options';
import { runOwn } from './own-rule';
import { RULES } from './registry';
import type { Rule } from './rule';
import { podSecurityAdmission } from './rules/pod-security/pod-security-admission';
import { readsWorld } from './rules/reads-world';
import type { CheckSettings } from './settings';

/** Objects of a set that admission looks at in one piece: some tenths of a second. */
const SLICE = 256;

/**
 * What a piece takes beside the objects. `nothing`: it looks at them one by one. `pods`: it shares some facts with others,
 * which are found quickly. `world`: it shares the graph of references, which takes long to make. `own`: it is a custom rule,
 * and so runs code of the user.
 */
export type Needs = 'nothing' | 'pods' | 'world' | 'own';

/** A part of a check that depends on no other, and comes to the same wherever it runs. */
export interface Piece {
  readonly cluster: Cluster;
  readonly needs: Needs;
  /** @throws SeaworthyError RULE_FAILED for a custom rule that throws */
  readonly run: () => Reported[];
}

/**
 * The pieces of the check of a cluster, in the order of their findings.
 *
 * @param known what earlier checks found out. @default nothing
 */
export function piecesOf(
  cluster: Cluster,
  own: readonly Rule[],
  settings: Required<CheckSettings>,
  known?: KnownAdmission,
): readonly Piece[] {
  type Add = (manifest: Manifest, finding: Finding) => void;
  const piece = (needs: Needs, report: (add: Add) => void): Piece => ({
    cluster,
    needs,
    run: () => {
      const found: Reported[] = [];
      report((manifest, finding) => {
        if (isEncrypted(manifest.object)) return;
        const reported = withSettings(manifest, finding, settings);
        if (reported !== undefined) found.push(reported);
      });
      return found;
    },
  });
  const strict = settings.preset === 'strict';
  const examined = known && { examined: known.examinedIn(cluster, strict) };
  const slices = admissionSlices(cluster, { strict, warnings: true, dropped: true, ...examined }, SLICE);
  return [
    ...slices.map((slice) =>
      piece('nothing', (add) => {
        for (const { manifest, finding } of slice()) add(manifest, finding);
      }),
    ),
    piece('pods', (add) => podSecurityAdmission(cluster, add)),
    ...RULES.filter((rule) => runs(rule, settings)).map((rule, index, { length }) =>
      piece(readsWorld(rule) ? 'world' : 'pods', (add) => {
        progress('running rules', index, length);
        runRule(rule, cluster, add);
      }),
    ),
    ...own
      .filter((rule) => runs(rule, settings, true))
      .map((rule) => piece('own', (add) => runOwn(rule, (each) => runRule(each, cluster, add)))),
  ];
}

function runRule(rule: Rule, cluster: Cluster, add: (manifest: Manifest, finding: Finding) => void): void {
  const { name } = rule;
  rule.run(cluster, (manifest, path, message, hint, severity = rule.severity) => {
    const { id } = manifest;
    const said = { message: bounded(message), ...(hint !== undefined && { hint: bounded(hint) }) };
    add(manifest, { rule: name, severity, id, path, ...said });
  });
}

/** A finding with the severity of the settings, and with the origin of its object unless it has its own. */
export function withSettings(
  manifest: Manifest,
  finding: Finding,
  { severities }: Required<CheckSettings>,
): Reported | undefined {
  const severity = severities[finding.rule] ?? finding.severity;
  if (severity === 'off') return undefined;
  const origin = finding.origin ?? manifest.origin;
  if (severity === finding.severity && origin === finding.origin) return { manifest, finding };
  return { manifest, finding: withKeys(finding, origin === undefined ? { severity } : { severity, origin }) };
}
