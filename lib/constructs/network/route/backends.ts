import type { IConstruct } from 'constructs';
import type { Reporter } from '../../core/problems';
import { below } from '../../core/problems';
import { optional } from '../../core/props';
import { findPart } from '../../workloads/trait';
import { connections } from '../connections';
import type { RouteRule } from './props';
import type { Rule } from './rules';
import { standInsOf } from './stand-ins';
import type { RoutedWorkload, RouteTarget } from './target';
import { backendsIn, choosePort, portsOfService, targetOf } from './target';

/** What a route belongs to. */
export interface RoutePlace {
  /** The workload, or the Route. */
  readonly construct: IConstruct;
  readonly name: string;
  readonly namespace: string | undefined;
  /** The workload that rules without `to` lead to. */
  readonly own?: RoutedWorkload;
}

/** A Service as a rule of an Ingress or a route names it. */
export type Share = Pick<RouteTarget, 'name' | 'namespace' | 'port' | 'weight'>;

/** The Services that a rule leads to; none where it redirects. */
export function targetsOf(props: RouteRule, place: RoutePlace, report: Reporter): readonly RouteTarget[] {
  if (props.redirect !== undefined) return [];
  const { own } = place;
  if (props.to === undefined) {
    if (own !== undefined) return ownTarget(own, props, undefined, report);
    report({ code: 'MISSING_PROP', path: 'to', message: 'Required value: where it leads, or a redirect' });
    return [];
  }
  const listed = backendsIn(props.to);
  if (listed.length === 0)
    report({ code: 'MISSING_PROP', path: 'to', message: 'Required value: no Service' });
  const others = listed.flatMap(({ backend, path }) => {
    const all = { ...backend, ...optional('port', backend.port ?? props.port) };
    return targetOf(all, below(path, report)) ?? [];
  });
  if (own === undefined || others.length < listed.length) return others;
  const rest = 100 - others.reduce((sum, { weight = 100 }) => sum + weight, 0);
  if (rest < 0) {
    const hint = 'A weight is a share of 100; the workload itself gets what is left.';
    report({
      code: 'INVALID_PROP',
      path: 'to',
      message: 'Invalid value: the weights are more than 100',
      hint,
    });
  }
  if (rest <= 0) return others.length > 1 ? others : others.map(({ weight: _, ...only }) => only);
  return [...ownTarget(own, props, rest, report), ...others];
}

function ownTarget(
  own: RoutedWorkload,
  { port: name }: RouteRule,
  weight: number | undefined,
  report: Reporter,
): readonly RouteTarget[] {
  const port = choosePort(portsOfService(own), name, report);
  return port === undefined
    ? []
    : [{ workload: own, name: own.host, namespace: undefined, port, ...optional('weight', weight) }];
}

/** Services with their shares: those that stand in for a workload have its share in proportion. */
export function sharesOf(targets: readonly RouteTarget[]): readonly Share[] {
  const groups = targets.map((target) => ({
    target,
    services: (target.workload && standInsOf(target.workload)) ?? [{ name: target.name }],
  }));
  const totals = groups.map(({ services }) => services.reduce((sum, { weight = 1 }) => sum + weight, 0));
  return groups.flatMap(({ target: { namespace, port, weight }, services }, index) => {
    // Every share is multiplied by the totals of the others, so that all of them stay whole.
    const scale = totals.reduce(
      (product, total, other) => (other === index ? product : product * Math.max(total, 1)),
      1,
    );
    return services.map(({ name, weight: part, port: instead }) => {
      const isWeighed = weight !== undefined || services.length > 1 || part !== undefined;
      const at = instead === undefined ? port : { ...port, name: instead };
      return { name, namespace, port: at, ...(isWeighed && { weight: (weight ?? 1) * (part ?? 1) * scale }) };
    });
  });
}

/** The targets of all rules, without reporting what is wrong with them: that is done when they are rendered. */
export function quietTargets(rules: readonly Rule[], place: RoutePlace): readonly RouteTarget[] {
  return rules.flatMap(({ props }) => targetsOf(props, place, () => undefined));
}

/** Lets everyone call the workloads of `targets` at the ports that a route leads to. */
export function openPorts(targets: readonly RouteTarget[]): void {
  for (const { workload, port } of targets) {
    const own = workload?.ports.find(({ name }) => name === port.name);
    if (workload !== undefined && own !== undefined)
      findPart(workload, connections)?.allowFromAnywhere([own], 'route');
  }
}
