import { isIP } from 'node:net';
import { Construct } from 'constructs';
import type { IConstruct } from 'constructs';
import type { Network, Outside, PodPort } from '../graph/connections';
import type { Pods } from '../graph/pods';
import { SeaworthyError } from '../errors';
import { notFound } from './not-found';
import { formatId } from '../manifest/manifest';

/** One end of a connection: a workload of ours, its name (`api`, `shop/api`), or an address outside of the cluster. */
export type Endpoint = IConstruct | string;

/** A port: `8080`, `'53/UDP'`. */
export type PortLike = number | `${number}/${string}`;

/** Both ends of a connection, and the network of their cluster. */
export interface Ends {
  readonly network: Network;
  readonly from: Pods | Outside;
  readonly to: Pods | Outside;
}

/**
 * The ends that a test names, in each cluster that has both.
 *
 * @throws SeaworthyError NOT_FOUND if no cluster has both; AMBIGUOUS if a cluster has one of them several times
 */
export function endsOf(networks: readonly Network[], from: Endpoint, to: Endpoint): Ends[] {
  const found = networks.map((network) => ({
    network,
    from: candidates(network, from),
    to: candidates(network, to),
  }));
  const both = found.filter((each) => each.from.length > 0 && each.to.length > 0);
  if (both.length > 0)
    return both.map((each) => ({
      network: each.network,
      from: onlyOne(from, each.from),
      to: onlyOne(to, each.to),
    }));
  for (const [side, end] of [
    ['from', from],
    ['to', to],
  ] as const)
    if (found.every((each) => each[side].length === 0)) throw missing(networks, nameOf(end));
  throw apart(
    [from, to],
    (['from', 'to'] as const).map((side) =>
      found.filter((each) => each[side].length > 0).map(({ network }) => network),
    ),
  );
}

/** The name of an endpoint in messages. */
export function nameOf(end: Endpoint): string {
  return typeof end === 'string' ? end : end.node.path;
}

function candidates(network: Network, end: Endpoint): (Pods | Outside)[] {
  if (typeof end === 'string' && isIP(end) !== 0) return [{ ip: end }];
  return network.pods.filter((pods) => (typeof end === 'string' ? isNamed(pods, end) : isOf(pods, end)));
}

function onlyOne(end: Endpoint, found: readonly (Pods | Outside)[]): Pods | Outside {
  const [first, ...more] = found;
  if (first === undefined) throw new Error('ends without candidates are filtered out earlier');
  if (more.length === 0) return first;
  const all = found.map((each) => ('ip' in each ? each.ip : formatId(each.manifest.id)));
  throw new SeaworthyError({
    code: 'AMBIGUOUS',
    message: `${found.length} workloads are named "${nameOf(end)}": ${all.join(', ')}`,
    hint: 'Name the namespace too, as in shop/api, or pass the construct.',
  });
}

/** @throws SeaworthyError INVALID_PORT */
export function resolvePort(port: PortLike): PodPort {
  const [number = '', protocol = 'TCP'] = String(port).split('/');
  if (/^\d+$/.test(number) && Number(number) > 0 && Number(number) < 65536)
    return { port: Number(number), protocol };
  const hint = "Write a number such as 8080, or '53/UDP'.";
  throw new SeaworthyError({ code: 'INVALID_PORT', message: `invalid port "${port}"`, hint });
}

function isNamed({ manifest: { id }, namespace }: Pods, name: string): boolean {
  return id.name === name || `${namespace}/${id.name}` === name;
}

function isOf({ manifest: { origin } }: Pods, end: IConstruct): boolean {
  if (!Construct.isConstruct(end)) return false;
  const { path } = end.node;
  return origin?.construct === path || origin?.construct?.startsWith(`${path}/`) === true;
}

function missing(networks: readonly Network[], sought: string): SeaworthyError {
  const names = networks.flatMap(({ pods }) => pods.map(({ manifest }) => manifest.id.name));
  return notFound('workload', sought, names);
}

/** Each end is in some cluster, but no cluster has both. */
function apart(ends: readonly Endpoint[], networks: readonly (readonly Network[])[]): SeaworthyError {
  const places = ends.map((end, index) => {
    const environments = (networks[index] ?? []).map(
      ({ cluster }) => cluster.environment ?? 'no environment',
    );
    return `"${nameOf(end)}" is in ${environments.join(' and ')}`;
  });
  return new SeaworthyError({
    code: 'NOT_FOUND',
    message: `no environment has both workloads: ${places.join(', and ')}`,
    hint: 'Each environment is a separate cluster, and network policies connect the pods of one cluster.',
  });
}
