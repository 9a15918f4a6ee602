import { isHostKey } from '../../kube/hosts/host-keys';
import { hostsIn } from '../../kube/hosts/host-text';
import { Field } from '../../manifest/field';
import type { Entry } from '../objects';
import type { Pods } from '../pods';
import type { World } from '../world';
import type { HostUse } from './host-uses';
import { calledPorts, serviceHosts } from './service-host';

/** The pods of KEDA that ask what triggers name. */
export interface KedaOperator {
  readonly pods: Pods;
  /** Whether it is known where they run: the profile says so, or their Deployment is among the objects. */
  readonly isKnown: boolean;
}

/** What KEDA calls itself and its pods. Source: `config/manager/manager.yaml` of KEDA, and its Helm chart. */
const OPERATOR = 'keda-operator';
/** Where the guides of KEDA install it. */
const USUAL_NAMESPACE = 'keda';

const known = new WeakMap<World, KedaOperator>();

/** Where KEDA runs, as far as that is known. */
export function kedaOperator(world: World): KedaOperator {
  const found = known.get(world) ?? findOperator(world);
  known.set(world, found);
  return found;
}

function findOperator(world: World): KedaOperator {
  for (const pods of world.allPods)
    if (pods.kind === 'apps/Deployment' && pods.labels['app'] === OPERATOR) return { pods, isKnown: true };
  const { keda } = world.profile;
  const { namespace = USUAL_NAMESPACE, podLabels: labels = { app: OPERATOR } } = keda ?? {};
  const [apiVersion, kind, name] = ['apps/v1', 'Deployment', OPERATOR];
  const object = { apiVersion, kind, metadata: { name, namespace } };
  const root = Field.root(object);
  const template = root.at('spec', 'template');
  return {
    pods: {
      manifest: { object, id: { apiVersion, kind, namespace, name } },
      root,
      namespace,
      kind: 'apps/Deployment',
      metadata: template.child('metadata'),
      spec: template.child('spec'),
      labels,
      containers: [],
      isOperated: true,
    },
    isKnown: keda !== undefined,
  };
}

/**
 * The hosts of Services that the triggers of a ScaledObject or ScaledJob name. KEDA calls them, and looks them up, from its own
 * namespace.
 */
export function triggerHosts(world: World, { manifest, root }: Pick<Entry, 'manifest' | 'root'>): HostUse[] {
  const beside = (): undefined => undefined;
  return root
    .list('spec', 'triggers')
    .flatMap((trigger) => trigger.child('metadata').entries)
    .filter(({ name }) => isHostKey(name) && !NO_HOST.test(name))
    .flatMap((at) => {
      const mentions = hostsIn(at.text, { key: at.name });
      const text = { manifest, at, by: at, mentions, isFile: false, beside };
      return mentions.flatMap((mention): HostUse[] => {
        const client = kedaOperator(world).pods;
        const [first] = serviceHosts(world, client.namespace, mention);
        if (first === undefined) return [];
        const ports = first.manifest === undefined ? [] : calledPorts(mention, first.manifest, beside);
        return [{ client, text, mention, ports, ...first }];
      });
    });
}

/** Metadata that ends in a word for a host and is none: `vhostName` of RabbitMQ, and the names of variables. */
const NO_HOST = /^vhost|FromEnv$/;
