import type { Cluster } from '../cluster';
import { doubtOf, namesLike } from '../doubt';
import { SYSTEM_NAMESPACES } from '../namespace';
import type { Doubt, NamingReference, Target } from '../reference';
import { worldOf } from '../references';
import { isSlip } from '../../kube/slip';
import type { World } from '../world';
import { hostUses } from './all-uses';
import type { HostUse } from './host-uses';
import { kedaOperator } from './keda-operator';
import { kedaUses } from './keda-uses';
import { hasServiceForm, servicePorts } from './service-host';

/** A host in a namespace of the set that is no Service. */
export interface UnknownHost {
  readonly use: HostUse;
  /** The same as a reference by name, to be described like any other. */
  readonly reference: NamingReference;
  /** The namespace that has a Service of this name, which a name without a dot does not reach. */
  readonly elsewhere?: string;
  /** The Service that is likely to be meant; without it, the name is a letter off one, or has the form of one. */
  readonly near?: string;
  /** Why there may be one all the same. */
  readonly doubt?: Doubt;
}

/**
 * The hosts that pods use of a namespace that the set makes or has pods or Services in, and that no Service has. A name
 * without `svc` may be anything: it counts where it is a letter off that of a Service with its port, or the name of a
 * Service of another namespace, or the end of the name of the only such Service, as the id of a workload is.
 */
export function unknownHosts(cluster: Cluster): readonly UnknownHost[] {
  return cluster.derived(findUnknown);
}

function findUnknown(cluster: Cluster): readonly UnknownHost[] {
  const world = worldOf(cluster);
  const { pods: keda, isKnown } = kedaOperator(world);
  return [...hostUses(cluster), ...kedaUses(cluster)].flatMap((use): UnknownHost[] => {
    // What is in a file beside the judged ones is known without its manifest.
    if (use.manifest !== undefined || world.find(use.target) !== undefined) return [];
    const elsewhere = otherNamespace(world, use);
    const target = elsewhere === undefined ? meantIn(world, use) : use.target;
    const near = target === undefined ? likelyIn(world, use) : undefined;
    if (target === undefined && near === undefined) return [];
    const reference: NamingReference = {
      type: 'names',
      role: 'service-host',
      from: use.text.manifest,
      path: use.text.at.path,
      target: use.target,
      beside: use.mention.host.includes('.') ? { namespace: use.text.at.path } : {},
      optional: false,
      resolution: 'missing',
    };
    const isGuess = use.client === keda && !isKnown && use.target.namespace === keda.namespace;
    const doubt = isGuess ? elsewhereDoubt(keda.namespace) : doubtOf(cluster, reference);
    return [
      {
        use,
        reference,
        ...(elsewhere !== undefined && { elsewhere }),
        ...(near !== undefined && { near }),
        ...(doubt !== undefined && { doubt }),
      },
    ];
  });
}

function elsewhereDoubt(namespace: string): Doubt {
  return {
    why: `KEDA may run in another namespace than "${namespace}"`,
    remedy: 'Write the name with its namespace, or say in `keda` of the profile where KEDA runs.',
  };
}

/** The Service that a use means, where it means one of this set. */
function meantIn(world: World, { target, mention }: HostUse): Target | undefined {
  const { namespace = '' } = target;
  if (SYSTEM_NAMESPACES.has(namespace) && namespace !== 'default') return undefined;
  if (!isOwn(world, namespace)) return hasServiceForm(mention) ? otherPlace(world, target) : undefined;
  if (hasServiceForm(mention)) return target;
  if (mention.shown === 'form' || mention.shown === 'whole') return undefined;
  return servicesLike(world, target, mention, (name) => isSlip(target.name, name)).length > 0
    ? target
    : undefined;
}

/**
 * The only Service of the namespace that a host without a dot may mean: two letters off in a long word, or its name without
 * what comes before, such as that of the chart. Where nothing but the DNS knows the host, it is a Service of the namespace.
 */
function likelyIn(world: World, { target, mention, text }: HostUse): string | undefined {
  const { host, shown, isBelowVariable } = mention;
  if (text.isFile || host.includes('.') || isBelowVariable || (shown !== 'url' && shown !== 'named'))
    return undefined;
  const { namespace = '' } = target;
  if (host === 'localhost' || (SYSTEM_NAMESPACES.has(namespace) && namespace !== 'default')) return undefined;
  const isLike = (name: string): boolean => isSlip(host, name, 2) || name.endsWith(`-${host}`);
  const [near, ...others] = servicesLike(world, target, mention, isLike);
  return others.length === 0 ? near : undefined;
}

/** The Services of a namespace with such a name, and the port of the mention. */
function servicesLike(
  world: World,
  target: Target,
  { port: wanted }: HostUse['mention'],
  isLike: (name: string) => boolean,
): readonly string[] {
  const found: string[] = [];
  let compared = 0;
  for (const name of namesLike(world, target)) {
    if (++compared > MOST_COMPARED) return found;
    if (!isLike(name)) continue;
    const { manifest } = world.find({ ...target, name }) ?? {};
    const ports = manifest === undefined ? [] : servicePorts(manifest);
    if (wanted === undefined || ports.some(({ port }) => port === wanted)) found.push(name);
  }
  return found;
}

const MOST_COMPARED = 200;

/** The only other namespace in which a name without a dot is a Service with its port. */
function otherNamespace(world: World, { target, mention }: HostUse): string | undefined {
  if (mention.host.includes('.') || mention.isBelowVariable || mention.shown === 'whole') return undefined;
  const [found, ...more] = world
    .named(target.name)
    .slice(0, MOST_COMPARED)
    .filter(({ group, kind }) => group === '' && kind === 'Service');
  if (found === undefined || more.length > 0) return undefined;
  const { manifest } = world.find(found) ?? {};
  const ports = manifest === undefined ? [] : servicePorts(manifest);
  const hasPort = mention.port === undefined || ports.some(({ port }) => port === mention.port);
  return hasPort ? found.namespace : undefined;
}

/** A target whose namespace is a letter off one that has this Service. */
function otherPlace(world: World, target: Target): Target | undefined {
  const isNear = ({ group, kind, namespace = '' }: Target): boolean =>
    group === '' && kind === 'Service' && isSlip(target.namespace ?? '', namespace);
  return world.named(target.name).slice(0, MOST_COMPARED).some(isNear) ? target : undefined;
}

/** Whether the set makes a namespace, or has something in it that serves or calls. */
function isOwn(world: World, namespace: string): boolean {
  return (
    world.names({ group: '', kind: 'Namespace' }).has(namespace) ||
    world.pods.in(namespace).length > 0 ||
    world.services.in(namespace).length > 0
  );
}
