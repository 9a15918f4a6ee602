import type { Construct } from 'constructs';
import type { Patches } from '../../kube/patches';
import { parseIntOrPercent } from '../../kube/int-or-string';
import { dnsLabel, shorten } from '../../kube/names';
import type { ClaimSpec } from '../storage/claim';
import { checkClaim, CLAIM_SHAPES, CLAIM_WORDS, renderClaimSpec } from '../storage/claim';
import type { Mount } from './container/mount';
import type { RenderMount } from './container/mounts';
import type { MountOptions, Storage } from './container/storage';
import {
  MOUNT_SHAPES,
  renderMountOptions,
  renderStorage,
  STORAGE_FORMS,
  STORAGE_WORDS,
} from './container/storage';
import { defaultStorageClass } from '../core/environment';
import { checkLabels } from '../core/metadata';
import { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { below, report } from '../core/problems';
import { nonEmpty, optional, integer } from '../core/props';
import { referenceTo } from '../core/reference';
import { anyOf, choice, ENTRIES, forms, mapOf, number, record, text } from '../core/shapes';
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
import { servedPorts } from '../network/service-ports';
import { checkIntOrPercent, intOrPercent } from '../core/int-or-percent';

/** A volume for each replica, which outlives its pods: a size such as `20Gi`, or in detail. */
export type ReplicaStorage = string | ReplicaVolume;

/** A volume for each replica, in detail. */
export interface ReplicaVolume extends Omit<ClaimSpec, 'volumeMode'>, MountOptions {
  /** Labels of the claims. @default the selector's */
  readonly labels?: Readonly<Record<string, string>>;
}

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
  /** What becomes of the volumes (Kubernetes 1.27 and later). @default both 'Retain', set by the API server */
  readonly claimRetention?: {
    readonly whenDeleted?: 'Retain' | 'Delete';
    readonly whenScaled?: 'Retain' | 'Delete';
  };
  /** Ordinal of the first replica (Kubernetes 1.27 and later). @default 0 */
  readonly firstReplica?: number;
}

const { volumeMode: _, ...CLAIM } = CLAIM_SHAPES;

const VOLUME = record<ReplicaVolume>({ ...CLAIM, ...MOUNT_SHAPES, labels: ENTRIES }, { words: CLAIM_WORDS });

const STORAGE = mapOf(
  anyOf<Storage | ReplicaStorage>([
    text,
    // A temporary volume has a size as well.
    forms<Storage | ReplicaVolume>({ ...STORAGE_FORMS, size: VOLUME }, STORAGE_WORDS),
    referenceTo<'PersistentVolumeClaim'>(),
  ]),
  "{ '/data': '20Gi' }",
);

type Retention = NonNullable<StatefulServiceProps['claimRetention']>;
const retention = choice(['Retain', 'Delete']);

type Stepwise = Exclude<StatefulRollout, string>;
const STEPWISE = record<Stepwise>({ partition: number, maxUnavailable: intOrPercent });

const PROPS = workloadShape<StatefulServiceProps>(
  {
    ...REPLICATED_SHAPES,
    ...STATEFUL_TRAITS.shapes,
    storage: STORAGE,
    podManagement: choice(['OrderedReady', 'Parallel']),
    rollout: anyOf<StatefulRollout>([choice(['on-delete']), STEPWISE], {
      hint: "Write it as { partition: 1 }, or 'on-delete'.",
    }),
    claimRetention: record<Retention>({ whenDeleted: retention, whenScaled: retention }),
    firstReplica: number,
  },
  {
    ...wordsOf(REVISION_FIELDS),
    ordinals: '`firstReplica`',
    persistentVolumeClaimRetentionPolicy: '`claimRetention`',
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
    return this.clientService === undefined ? this.name : clientName(this.name);
  }

  /** Host and port: `shop-db:5432`. */
  get address(): string {
    const [port] = servedPorts(this.ports, this.props.service);
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
    const { podManagement, rollout, claimRetention, firstReplica } = this.props;
    const ordinal = integer(firstReplica, 'firstReplica', 0, report);
    return {
      serviceName: this.name,
      selector: { matchLabels: this.matchLabels },
      template: this.renderTemplate(report),
      ...optional('podManagementPolicy', podManagement),
      ...(rollout === undefined ? {} : { updateStrategy: renderRollout(rollout, below('rollout', report)) }),
      ...nonEmpty('volumeClaimTemplates', this.renderClaims(report)),
      ...optional('persistentVolumeClaimRetentionPolicy', claimRetention),
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

  /** The volumes of a replica, by the path where they appear. */
  private volumes(): readonly {
    readonly path: string;
    readonly name: string;
    readonly claim: ReplicaVolume;
  }[] {
    return Object.entries(this.props.storage ?? {}).flatMap(([path, storage]) => {
      if (!isReplicaStorage(storage)) return [];
      const claim = typeof storage === 'string' ? { size: storage } : storage;
      return [{ path, name: claimName(path, storage), claim }];
    });
  }

  private renderClaims(report: Reporter): readonly object[] {
    const names = new Set<string>();
    return this.volumes().map(({ path, name, claim }) => {
      const reportBelow = below(`storage.${path}`, report);
      checkClaim(claim, reportBelow);
      checkLabels(claim.labels, 'labels', reportBelow);
      const wrong = dnsLabel(name);
      if (wrong !== undefined)
        reportBelow({ code: 'INVALID_NAME', path: 'name', message: `Invalid value: "${name}": ${wrong}` });
      if (names.has(name)) {
        const hint = 'Set another `name` for one of them.';
        reportBelow({
          code: 'DUPLICATE_NAME',
          message: `Duplicate value: "${name}": another volume has this name`,
          hint,
        });
      }
      names.add(name);
      const metadata = { name, labels: { ...this.matchLabels, ...claim.labels } };
      const spec = renderClaimSpec({ ...optional('storageClass', defaultStorageClass(this)), ...claim });
      return { metadata, spec };
    });
  }
}

exposeMembers(StatefulService, STATEFUL_TRAITS.list);

function isReplicaStorage(storage: Storage | ReplicaStorage): storage is ReplicaStorage {
  return typeof storage === 'string' || ('size' in storage && !('temporary' in storage));
}

/** Claims are called `<name>-<replica>` in the cluster and never renamed: the name follows from the path alone. */
function claimName(path: string, storage: ReplicaStorage): string {
  const named = typeof storage === 'string' ? undefined : storage.name;
  return named ?? shorten([path.split('/').filter(Boolean).pop() ?? 'data'], 40);
}

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
