import { isIP } from 'node:net';
import { Construct } from 'constructs';
import type { IConstruct } from 'constructs';
import type { Network, Outside, PodPort } from '../graph/connections';
import type { Pods } from '../graph/pods';
import { nearest, SeaworthyError } from '../errors';
import { formatId } from '../manifest/manifest';

/** One end of a connection: a workload of ours, its name (`api`, `shop/api`), or an address outside of the cluster. */
export type Endpoint = IConstruct | string;

/** A port: `8080`, `'53/UDP'`. */
export type PortLike = number | `${number}/${string}`;

/** The pods, or the address, that a test means. @throws SeaworthyError NOT_FOUND, AMBIGUOUS */
export function resolveEndpoint(network: Network, end: Endpoint): Pods | Outside {
  if (typeof end === 'string' && isIP(end) !== 0) return { ip: end };
  const found = network.pods.filter((pod) => (typeof end === 'string' ? isNamed(pod, end) : isOf(pod, end)));
  const [first, ...more] = found;
  const sought = typeof end === 'string' ? end : end.node.path;
  if (first === undefined) throw missing(network, sought);
  if (more.length === 0) return first;
  throw ambiguous(sought, found);
}

/** @throws SeaworthyError INVALID_PORT */
export function resolvePort(port: PortLike): PodPort {
  const [number = '', protocol = 'TCP'] = String(port).split('/');
  if (/^\d+$/.test(number) && Number(number) > 0 && Number(number) < 65536)
    return { port: Number(number), protocol };
  const hint = "Write a number such as 8080, or '53/UDP'.";
  throw new SeaworthyError({ code: 'INVALID_PORT', message: `"${port}" is no port`, hint });
}

function isNamed({ of: { id }, namespace }: Pods, name: string): boolean {
  return id.name === name || `${namespace}/${id.name}` === name;
}

function isOf({ of: { origin } }: Pods, end: IConstruct): boolean {
  if (!Construct.isConstruct(end)) return false;
  const { path } = end.node;
  return origin?.construct === path || origin?.construct?.startsWith(`${path}/`) === true;
}

function missing({ pods }: Network, sought: string): SeaworthyError {
  const names = pods.map(({ of }) => of.id.name);
  const near = nearest(sought, names);
  return new SeaworthyError({
    code: 'NOT_FOUND',
    message: `no workload is called "${sought}"`,
    hint: near === undefined ? `There are ${names.join(', ') || 'none'}.` : `Did you mean ${near}?`,
  });
}

function ambiguous(sought: string, found: readonly Pods[]): SeaworthyError {
  const environments = new Set(found.map(({ of }) => of.origin?.environment));
  const [first = ''] = environments;
  const all = found.map(({ of }) => formatId(of.id));
  return new SeaworthyError({
    code: 'AMBIGUOUS',
    message: `${found.length} workloads are called "${sought}": ${all.join(', ')}`,
    hint:
      environments.size > 1
        ? `They are of several environments: ask Manifests.from(app).resourcesOf('${first}').`
        : 'Say the namespace too, as in shop/api, or give the construct.',
  });
}
