import type { Manifest } from '../manifest/manifest';
import type { Severity } from './finding';
import type { Cluster } from '../graph/cluster';

/** Takes one thing that a rule finds. The path is the API server's; empty for the object as a whole. */
export type Report = (manifest: Manifest, path: string, message: string, hint?: string) => void;

/** Manifests that show what a rule finds, as YAML streams. */
export interface Example {
  readonly failing: string;
  readonly passing: string;
}

/** What a rule looks for among the objects of one cluster. */
export interface Rule {
  /** Its group and its own name: `wiring/service-selects-nothing`. */
  readonly name: string;
  /** How much its findings matter, unless the configuration says otherwise. */
  readonly severity: Severity;
  /** Whether it runs with the preset `strict` only. @default false */
  readonly strict?: boolean;
  /** What it finds, in one sentence. */
  readonly about: string;
  /** Why that matters, in a sentence or two. */
  readonly why: string;
  /**
   * A YAML stream in which it finds one thing, and a similar one in which it finds nothing. The examples of our own
   * rules are files beside them.
   *
   * @default none
   */
  readonly example?: Example;
  /** Looks at the whole set once, in time linear in its size. Never throws for what an object may hold. */
  readonly run: (cluster: Cluster, report: Report) => void;
}

/**
 * A rule of the user's own, for the option `rules` of `check`. It is switched, suppressed and reported by its name as
 * ours are; a name without a group gets the group `custom`.
 *
 * ```ts
 * export const owner = defineRule({
 *   name: 'owner',
 *   severity: 'warning',
 *   about: 'Finds Deployments without the label owner.',
 *   why: 'Nobody knows whom to wake.',
 *   example: { failing: '…', passing: '…' },
 *   run({ set }, tell) {
 *     for (const manifest of set.find({ kind: 'Deployment' }))
 *       if (manifest.object.metadata.labels?.['owner'] === undefined)
 *         tell(manifest, 'metadata.labels[owner]', 'has no owner', 'Name a team.');
 *   },
 * });
 * ```
 */
export function defineRule(rule: Rule): Rule {
  return rule.name.includes('/') ? rule : { ...rule, name: `custom/${rule.name}` };
}
