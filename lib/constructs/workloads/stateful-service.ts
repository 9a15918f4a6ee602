import type { Construct } from 'constructs';
import type { Patches } from '../../kube/patches';
import { parseIntOrPercent } from '../../kube/int-or-string';
import type { Mount } from './container/mount';
import type { RenderMount } from './container/mounts';
import type { Storage } from './container/storage';
import { renderMountOptions, renderStorage } from './container/storage';
import type { ReplicaStorage } from './replica-storage';
import {
  claimName,
  isReplicaStorage,
  renderClaims,
  renderRetention,
  REPLICA_STORAGE,
  volumesOf,
} from './replica-storage';
import { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { below, report } from '../core/problems';
import { nonEmpty, optional, integer } from '../core/props';
import type { Reference } from '../core/reference';
import { anyOf, choice, number, record } from '../core/shapes';
import { wordsOf } from '../core/fields';
import { REVISION_FIELDS } from '../rollout/revisions';
import type { ReplicatedProps } from './replicated';
import type { NamedPort } from './container/ports';
import { Replicated, REPLICATED_SHAPES } from './replicated';
import { COMMON_TRAITS, MONITORED_TRAITS, REPLICATED_TRAITS, STATEFUL_TRAITS } from './trait-lists';
import { exposeMembers } from './trait';
import type { ReplicaAddress } from '../network/address';
import { urlOf } from '../network/address';
import type { ClientServed, ClientServedProps } from '../network/service';
import type { WorkloadKind } from './workload';
import { workloadShape } from './workload';
import { clientName, renderService } from '../network/service';
import { publicPorts, servedPorts } from '../network/service-ports';
import { checkIntOrPercent, intOrPercent } from '../core/int-or-percent';

/** How replicas are replaced: one after another from the last down to `partition`, or only when they are deleted. */
export type StatefulRollout =
  | 'on-delete'
  | {
      /** Replicas with a lower ordinal keep their revision. @default 0 */
      readonly partition?: number;
      /** Most replicas that may be down at once, a number or a percentage (alpha before Kubernetes 1.35). @default 1 */
      readonly maxUnavailable?: number | string;
    };

/** Props of a StatefulService. */
export interface StatefulServiceProps extends ReplicatedProps<Storage | ReplicaStorage>, ClientServedProps {
  /** Whether replicas start and stop one by one, or all at once. @default 'OrderedReady', set by the API server */
  readonly podManagement?: 'OrderedReady' | 'Parallel';
  /** How replicas are replaced. @default one after another */
  readonly rollout?: StatefulRollout;
  /** Ordinal of the first replica (Kubernetes 1.27 and later). @default 0 */
  readonly firstReplica?: number;
}

type Stepwise = Exclude<StatefulRollout, string>;
const STEPWISE = record<Stepwise>({ partition: number, maxUnavailable: intOrPercent });

const PROPS = workloadShape<StatefulServiceProps>(
  {
    ...REPLICATED_SHAPES,
    ...STATEFUL_TRAITS.shapes,
    storage: REPLICA_STORAGE,
    podManagement: choice(['OrderedReady', 'Parallel']),
    rollout: anyOf<StatefulRollout>([choice(['on-delete']), STEPWISE], {
      hint: "Write it as { partition: 1 }, or 'on-delete'.",
    }),
    firstReplica: number,
  },
  {
    ...wordsOf(REVISION_FIELDS),
    ordinals: '`firstReplica`',
    persistentVolumeClaimRetentionPolicy: '`keep` of the volumes in `storage`',
    podManagementPolicy: '`podManagement`',
    volumeClaimTemplates: '`storage`, a size by the path where it appears',
  },
);

const STATEFUL_SERVICE: WorkloadKind<StatefulServiceProps> = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  shape: PROPS,
  traits: [
    ...COMMON_TRAITS.list,
    ...REPLICATED_TRAITS.list,
    ...STATEFUL_TRAITS.list,
    ...MONITORED_TRAITS.list,
  ],
  defaultPort: 'main',
  served: true,
  podsCallEachOther: true,
};

// eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unsafe-declaration-merging -- exposeMembers gives these to the class
export interface StatefulService extends ClientServed {}

/**
 * Replicas with a name, an ordinal and volumes of their own, such as those of a database.
 *
 * | object | when | why |
 * |---|---|---|
 * | StatefulSet | always | runs the replicas in order, with a claim for each volume of each replica |
 * | Service | always | is headless, and gives each replica its DNS name |
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- as above
export class StatefulService extends Replicated<Storage | ReplicaStorage, StatefulServiceProps> {
  declare readonly object: KubeObject<Patches['StatefulSet']>;

  /** The headless Service that gives each replica its name. */
  readonly service: KubeObject<Patches['Service']>;

  constructor(scope: Construct, id: string, props: StatefulServiceProps) {
    super(scope, id, props, STATEFUL_SERVICE);
    if (this.ports.length === 0) {
      report(this, {
        code: 'MISSING_PROP',
        path: 'port',
        message: 'Required value: a StatefulService needs a port',
      });
    }
    for (const { name, port, service = port } of this.ports) {
      if (service === port || this.clientService !== undefined) continue;
      const message = 'Forbidden: a headless Service leads to the pods themselves, so its port is theirs';
      const hint = 'Set `service` for a Service with an address of its own.';
      report(this, { code: 'INVALID_PORT', path: `ports.${name}.service`, message, hint });
    }
    this.service = new KubeObject<Patches['Service']>(this, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: this.metadata(),
      content: (report) => ({
        // Replicas find each other before they are ready, or none would ever get there.
        spec: {
          ...renderService({}, this.matchLabels, this.headlessPorts, report),
          clusterIP: 'None',
          publishNotReadyAddresses: true,
        },
      }),
    });
  }

  /** The ports of the headless Service: those of the pods, without what is for the Service of clients. */
  private get headlessPorts(): readonly NamedPort[] {
    if (this.clientService === undefined) return this.ports;
    return this.ports.map(({ service: _, nodePort: __, ...port }) => port);
  }

  /** The name under which pods of its namespace reach any replica: that of the Service for clients, where there is one. */
  get host(): string {
    const { service } = this.props;
    return service === undefined ? this.name : clientName(this.name, service);
  }

  /** Host and port: `shop-db:5432`. */
  get address(): string {
    const [port] = publicPorts(servedPorts(this.ports, this.props.service));
    return port === undefined ? this.host : `${this.host}:${port.service ?? port.port}`;
  }

  /** A URL of any replica: `db.url('postgres', '/shop')` is `postgres://shop-db:5432/shop`. */
  url(scheme: string, path = ''): string {
    return urlOf(this, this.address, scheme, path);
  }

  /** One replica, by its number from 0. */
  replica(number: number): ReplicaAddress {
    const host = this.replicaHost(number);
    const [port] = this.ports;
    return { host, address: port === undefined ? host : `${host}:${port.port}` };
  }

  /** The name of one replica, for pods of its namespace: `shop-db-0.shop-db`. */
  replicaHost(number: number): string {
    return `${this.name}-${number + (this.props.firstReplica ?? 0)}.${this.name}`;
  }

  /** The StatefulSet. */
  get statefulSet(): KubeObject<Patches['StatefulSet']> {
    return this.object;
  }

  /** Merges into the rendered StatefulSet; see KubeObject. */
  override override(patch: Patches['StatefulSet']): this {
    return super.override(patch);
  }

  /** @internal */
  protected override renderSpec(report: Reporter): Readonly<Record<string, unknown>> {
    const { podManagement, rollout, firstReplica } = this.props;
    const ordinal = integer(firstReplica, 'firstReplica', 0, report);
    return {
      serviceName: this.name,
      selector: { matchLabels: this.matchLabels },
      template: this.renderTemplate(report),
      ...optional('podManagementPolicy', podManagement),
      ...(rollout === undefined ? {} : { updateStrategy: renderRollout(rollout, below('rollout', report)) }),
      ...nonEmpty('volumeClaimTemplates', renderClaims(this, this.volumes(), report)),
      ...optional('persistentVolumeClaimRetentionPolicy', renderRetention(this.volumes(), report)),
      ...(ordinal === undefined ? {} : { ordinals: { start: ordinal } }),
    };
  }

  /** @internal */
  protected override mount: RenderMount<Storage | ReplicaStorage> = (
    path,
    storage,
    volumes,
    report,
  ): Mount => {
    if (!isReplicaStorage(storage)) return renderStorage(path, storage, volumes, report);
    const options = typeof storage === 'string' ? {} : storage;
    return { name: claimName(path, storage), mountPath: path, ...renderMountOptions(options) };
  };

  /** @internal */
  protected override claims(): readonly string[] {
    return this.volumes().map(({ name }) => name);
  }

  private volumes(): ReturnType<typeof volumesOf> {
    return volumesOf(this.props.storage);
  }

  /** The claim of one replica, by the path of its volume, for a VolumeSnapshot, or for `from` of another claim. */
  claim(path: string, replica: number): Reference<'PersistentVolumeClaim'> & { readonly size?: string } {
    const volume = this.volumes().find((each) => each.path === path);
    if (volume === undefined) {
      const paths = this.volumes().map((each) => each.path);
      const message = `no volume of the replicas is at "${path}"; they have ${paths.join(', ') || 'none'}`;
      report(this, { code: 'INVALID_PROP', path: `claim('${path}', ${replica})`, message });
    }
    const name = `${volume?.name ?? 'data'}-${this.name}-${replica + (this.props.firstReplica ?? 0)}`;
    return { kind: 'PersistentVolumeClaim', name, ...optional('size', volume?.claim.size) };
  }
}

exposeMembers(StatefulService, STATEFUL_TRAITS.list);

function renderRollout(rollout: StatefulRollout, report: Reporter): object {
  if (rollout === 'on-delete') return { type: 'OnDelete' };
  const { partition, maxUnavailable } = rollout;
  integer(partition, 'partition', 0, report);
  checkIntOrPercent(maxUnavailable, 'maxUnavailable', report);
  if (maxUnavailable !== undefined && parseIntOrPercent(maxUnavailable)?.value === 0)
    report({
      code: 'INVALID_PROP',
      path: 'maxUnavailable',
      message: 'Invalid value: must be greater than 0, since no pod could be replaced',
    });
  return { type: 'RollingUpdate', rollingUpdate: { ...rollout } };
}
