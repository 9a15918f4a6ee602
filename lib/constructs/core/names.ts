import type { IConstruct } from 'constructs';
import { shorten } from '../../kube/names';
import { Environment } from './environment';

/** Ids that structure the tree without naming anything, in cdk8s as here. */
const SILENT_IDS: ReadonlySet<string> = new Set(['Resource', 'Default', '']);

/** Longest name that still fits a label value, which is where controllers put it (DNS label, RFC 1123). */
export const NAME_LENGTH = 63;

/** Where constructs stood that have moved since, as ids from below the environment. */
const moved = new WeakMap<IConstruct, readonly string[]>();

/**
 * Names `construct`, and what lies below it, as if it still stood at `path`, so that what a cluster has keeps its names
 * and selectors. It must be called before anything is named.
 */
export function nameAsAt(construct: IConstruct, path: string): void {
  moved.set(construct, path.split('/'));
}

/**
 * The ids from below the environment, or the app where there is none, down to `construct`: what makes up its name. The
 * environment does not count, so that one chart has the same names in every cluster.
 */
export function idsOf(construct: IConstruct): string[] {
  const environment = Environment.of(construct);
  const ids: string[] = [];
  for (
    let at: IConstruct | undefined = construct;
    at !== undefined && at !== environment;
    at = at.node.scope
  ) {
    const former = moved.get(at);
    if (former !== undefined) return [...former, ...ids.reverse()];
    if (!SILENT_IDS.has(at.node.id)) ids.push(at.node.id);
  }
  return ids.reverse();
}

/**
 * The name of the main object of `construct`: the path of ids joined by dashes. One that is too long, or that
 * has to be spelled differently, ends in a hash of the path, so that two never meet.
 */
export function nameOf(construct: IConstruct, maxLength: number = NAME_LENGTH): string {
  return shorten(idsOf(construct), maxLength);
}

const NAMES_BY_PATH = Symbol.for('seaworthy.Chart');

/** Marks a chart that names objects by our rule, which cdk8s's own charts do not. */
export function nameByPath(chart: IConstruct): void {
  Object.defineProperty(chart, NAMES_BY_PATH, { value: true });
}

/** Whether `chart` names objects by our rule. */
export function namesByPath(chart: IConstruct): boolean {
  return NAMES_BY_PATH in chart;
}
