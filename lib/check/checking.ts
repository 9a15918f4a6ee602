import type { Manifest } from '../manifest/manifest';
import { checkedSet, scopedBy, type ManifestSet } from '../manifest/set';
import type { Cluster } from '../graph/cluster';
import { clustersOf } from '../graph/clusters';
import type { Reported } from './admit-set';
import type { RuleFacts } from './facts-of-rule';
import { ruleFacts } from './facts';
import { isFitRule } from './fit-facts';
import type { Finding } from './finding';
import type { KnownAdmission } from './known-admission';
import { locator } from './located';
import type { CheckOptions } from './options';
import { readCheckOptions, refuseUnknownRules, runs, settingsFor } from './options';
import { piecesOf, withSettings, type Piece } from './pieces';
import { renamedSettings } from './renamed-settings';
import type { CheckSettings } from './settings';
import { Suppressions } from './suppression';

/** The findings in the objects for one cluster. */
export interface CheckedCluster {
  readonly cluster: Cluster;
  /** In the order of the set, then by field and rule, without duplicates. */
  readonly findings: readonly Finding[];
}

/** What is judged separately: the objects for one cluster, with the settings for them. */
interface Part {
  readonly cluster: Cluster;
  readonly settings: Required<CheckSettings>;
  readonly pieces: readonly Piece[];
}

/** A check in two steps: pieces, which may run anywhere and in any order, and what comes of them together. */
export class Checking {
  /** In the order in which `findings` takes what they find. */
  readonly pieces: readonly Piece[];
  readonly #set: ManifestSet;
  readonly #options: CheckOptions;
  readonly #parts: readonly Part[];

  /**
   * @param known what earlier checks found out. @default nothing
   * @throws SeaworthyError as `check` does, but for RULE_FAILED
   */
  constructor(of: ManifestSet, given: CheckOptions, known?: KnownAdmission) {
    checkedSet(of, 'set');
    const options = readCheckOptions(given);
    this.#options = options;
    this.#set = options.assume === undefined ? of : scopedBy(of, options.assume);
    refuseUnknownRules(options);
    this.#parts = clustersOf(this.#set, options).map((cluster) => {
      const settings = settingsFor(cluster.environment, options);
      return { cluster, settings, pieces: piecesOf(cluster, options.rules ?? [], settings, known) };
    });
    this.pieces = this.#parts.flatMap(({ pieces }) => pieces);
  }

  /** What `check` returns, by what each piece found. */
  findings(found: readonly (readonly Reported[])[]): Finding[] {
    return [...renamedSettings(this.#options), ...this.clusters(found).flatMap(({ findings }) => findings)];
  }

  /** What `checkClusters` returns. */
  clusters(found: readonly (readonly Reported[])[]): CheckedCluster[] {
    let next = 0;
    const foundIn = this.#parts.map(({ pieces }) => found.slice(next, (next += pieces.length)).flat());
    const suppressions = new Suppressions(this.#set);
    const kept = foundIn.map((all) =>
      all.filter(({ manifest, finding }) => !suppressions.accepts(manifest, finding)),
    );
    const { rules = [] } = this.#options;
    const facts = ruleFacts(rules);
    const wrong = suppressions.findings(namesOf(facts), namesOf(facts.filter(this.#ran(namesOf(rules)))));
    return this.#parts.map(({ cluster, settings }, index) => {
      const own = new Set(cluster.set);
      const ofSuppressions = wrong
        .filter(([manifest, { rule: name }]) => own.has(manifest) && runs({ name }, settings))
        .flatMap(([manifest, finding]) => withSettings(manifest, finding, settings) ?? []);
      return { cluster, findings: inOrder(cluster, [...(kept[index] ?? []), ...ofSuppressions]) };
    });
  }

  /** Whether a rule ran in any part. */
  #ran(own: ReadonlySet<string>): (rule: RuleFacts) => boolean {
    return (rule) => {
      const isOwn = own.has(rule.name);
      return (
        (!isFitRule(rule.name) || isOwn) && this.#parts.some(({ settings }) => runs(rule, settings, isOwn))
      );
    };
  }
}

function namesOf(rules: readonly RuleFacts[]): ReadonlySet<string> {
  return new Set(rules.map(({ name }) => name));
}

/** The findings in the order of their objects in the set, then by field and rule; each once. */
function inOrder({ set }: Cluster, found: readonly Reported[]): Finding[] {
  const places = new Map([...set].map((manifest, index) => [manifest, index]));
  const place = (manifest: Manifest): number => places.get(manifest) ?? places.size;
  const sorted = found.toSorted(
    (a, b) => place(a.manifest) - place(b.manifest) || byField(a.finding, b.finding),
  );
  const located = locator();
  return sorted
    .filter(({ manifest, finding }, index) => {
      const before = sorted[index - 1];
      return before?.manifest !== manifest || byField(before.finding, finding) !== 0;
    })
    .map(({ manifest, finding }) => located(manifest, finding));
}

function byField(a: Finding, b: Finding): number {
  return compare(a.path, b.path) || compare(a.rule, b.rule) || compare(a.message, b.message);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
