import { hookOf, type Recreation } from './hooks';
import { annotation, argoOptions, firstOf, mark, type Marks, type Rows } from './marks';

export type { Recreation } from './hooks';

/** What deletes an object and creates it again with every change. */
const ALWAYS: Rows = [
  ['Argo CD', argoOptions('Force=true', 'Replace=true')],
  ['kapp', annotation('kapp.k14s.io/update-strategy', /^always-replace$/)],
  ['Spinnaker', annotation('strategy.spinnaker.io/recreate', /^true$/)],
];

/** What does so where the API server refuses to change it. */
const REFUSED: Rows = [
  ['Flux', mark('kustomize.toolkit.fluxcd.io/force', /^enabled$/i)],
  ['Argo CD', argoOptions('Force=true')],
  ['kapp', annotation('kapp.k14s.io/update-strategy', /^fallback-on-replace$/)],
];

/**
 * How a deployer replaces the object with these marks.
 *
 * @param old the marks of the object that is there
 */
export function recreationOf(marks: Marks, old: Marks): Recreation | undefined {
  const hook = hookOf(marks);
  if (hook !== undefined) return hook;
  const always = firstOf(ALWAYS, marks);
  if (always !== undefined) return { ...always, when: 'always' };
  const refused = firstOf(REFUSED, marks) ?? firstOf(REFUSED.slice(0, 1), old);
  return refused && { ...refused, when: 'refused' };
}
