import type { Manifest } from '../manifest/manifest';
import type { Severity } from './finding';
import type { Cluster } from '../graph/cluster';

/**
 * Reports one finding of a rule.
 *
 * @param manifest the object at fault, as the cluster's set has it
 * @param path of the field as the API server writes it, `spec.ports[0].port`; empty for the whole object
 * @param message what is wrong, without the name of the object: `selector app=web matches no pods`
 * @param hint how to fix it, as a sentence
 * @param severity of this finding, where it is not that of the rule: `warning` for what the set does not prove. A severity
 * of the settings counts before it.
 */
export type Report = (
  manifest: Manifest,
  path: string,
  message: string,
  hint?: string,
  severity?: Severity,
) => void;

/** Manifests that show what a rule finds, as YAML streams. */
export interface Example {
  readonly failing: string;
  readonly passing: string;
}

/** A check of the objects of one cluster against each other, or of each separately. */
export interface Rule {
  /** The group and the name: `wiring/service-selects-nothing`. */
  readonly name: string;
  /** The severity of its findings, unless the settings set another one. */
  readonly severity: Severity;
  /** Whether it runs only with preset `strict`. @default false */
  readonly strict?: boolean;
  /** What it finds, in one sentence: `Finds Services whose selector matches no pod.` */
  readonly about: string;
  /** What happens because of it, in a sentence or two. */
  readonly why: string;
  /**
   * A YAML stream with one finding, and a similar one without findings. The examples of built-in rules are files next
   * to them.
   *
   * @default none
   */
  readonly example?: Example;
  /**
   * Checks a cluster, in time linear in the number of objects. Objects may have any content, which must not make it
   * throw.
   */
  readonly run: (cluster: Cluster, report: Report) => void;
}

/**
 * Defines a custom rule, for the option `rules` of `check` or a module in `plugins` of cdk8s.yaml. Settings,
 * suppressions and reports use its name as for built-in rules; a name without a group gets the group `custom`.
 *
 * ```ts
 * export const owner = defineRule({
 *   name: 'owner',
 *   severity: 'warning',
 *   about: 'Finds Deployments without the label owner.',
 *   why: 'On-call engineers do not know whom to call.',
 *   example: { failing: '…', passing: '…' },
 *   run({ set }, report) {
 *     for (const manifest of set.find({ kind: 'Deployment' }))
 *       if (manifest.object.metadata.labels?.['owner'] === undefined)
 *         report(manifest, 'metadata.labels', 'has no label owner', 'Add the label owner with the name of a team.');
 *   },
 * });
 * ```
 */
export function defineRule(rule: Rule): Rule {
  return rule.name.includes('/') ? rule : { ...rule, name: `custom/${rule.name}` };
}
