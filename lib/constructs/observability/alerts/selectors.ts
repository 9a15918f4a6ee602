import { podNamePattern } from '../../../kube/pod-names';
import type { AlertTarget } from './alert';

/**
 * Matchers of the labels of series about the pods of a target, and others: `namespace="shop", pod=~"api-…"`.
 *
 * `namespace` and `pod` are what the Prometheus Operator gives to every target of a monitor, and kube-state-metrics and the
 * kubelet to the series of their own.
 */
export function ofPods(target: AlertTarget, ...others: readonly string[]): string {
  const { kind, name, pods = podNamePattern(kind, name) } = target;
  return matchers(target, `pod=~"${pods}"`, ...others);
}

/** Matchers of the namespace of a target, where it is known, and others. */
export function matchers({ namespace }: AlertTarget, ...others: readonly string[]): string {
  return [...(namespace === undefined ? [] : [`namespace="${namespace}"`]), ...others].join(', ');
}

/** `by (…)` of an aggregation: the namespace is one of the labels where it is not known. */
export function by({ namespace }: AlertTarget, ...labels: readonly string[]): string {
  const all = [...(namespace === undefined ? ['namespace'] : []), ...labels];
  return all.length === 0 ? '' : ` by (${all.join(', ')})`;
}

/** `on (…)` of a join, over the same labels. */
export function on({ namespace }: AlertTarget, ...labels: readonly string[]): string {
  return `on (${[...(namespace === undefined ? ['namespace'] : []), ...labels].join(', ')})`;
}

/** One query divided by another. */
export function ratio(part: string, whole: string): string {
  return `${part}\n/\n${whole}`;
}

/**
 * Series of an exporter about objects of other namespaces than its own, which `honorLabels` of its monitor decides on:
 * their namespace is `namespace`, or `exported_namespace`.
 */
export function inEitherNamespace({ namespace }: AlertTarget, metric: string, matcher: string): string {
  if (namespace === undefined) return `${metric}{${matcher}}`;
  const series = ['namespace', 'exported_namespace'].map(
    (label) => `${metric}{${label}="${namespace}", ${matcher}}`,
  );
  return `(${series.join(' or ')})`;
}
