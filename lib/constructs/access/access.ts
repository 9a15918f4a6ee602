import { PART } from '../core/origin';
import { below, reporter, type Reporter } from '../core/problems';
import { optional } from '../core/props';
import type { Reference } from '../core/reference';
import { nameOrReference, referenceName } from '../core/reference';
import { flag } from '../core/shapes';
import { callApiServer } from '../network/api-server';
import { getTokensFrom } from '../network/token-egress';
import type { PodPart } from '../workloads/pod/pod';
import type { Trait, TraitPlace } from '../workloads/trait';
import type { Grants } from './grants';
import { WorkloadGrants } from './grants';
import type { CloudIdentity } from './identity';
import { IDENTITY, identityPart } from './identity';
import { ServiceAccount } from './service-account';

/** As whom pods call the API server. */
export interface AccessProps {
  /**
   * A ServiceAccount by name or reference.
   * @default one of its own, without a token
   * @example 'shop-admin'
   */
  readonly serviceAccount?: string | Reference<'ServiceAccount'>;
  /**
   * Whether the containers get a token for the API server.
   * @default true once something is granted; else false for its own ServiceAccount, and as set there for another
   */
  readonly serviceAccountToken?: boolean;
  /**
   * As whom its pods call the API of the cloud that runs the cluster. On k3s and kind it is left out. Policies let them get
   * their tokens from their node, where it hands them out.
   * @default nobody
   */
  readonly identity?: CloudIdentity;
}

/**
 * The account of a workload.
 *
 * | object | when | why |
 * |---|---|---|
 * | ServiceAccount | unless `serviceAccount` names another | permissions granted to it are those of this workload alone |
 */
export interface Access extends Grants {
  /** The ServiceAccount that the workload makes; `undefined` where `serviceAccount` names another. */
  readonly serviceAccount: ServiceAccount | undefined;
}

/** The account that a workload makes: its origin is the workload's. */
class OwnServiceAccount extends ServiceAccount {}

Object.defineProperty(OwnServiceAccount.prototype, PART, { value: true });

/** A ServiceAccount for each workload, so that permissions are granted to it alone. */
export const access: Trait<AccessProps, Access> = {
  shapes: {
    serviceAccount: nameOrReference<'ServiceAccount'>(),
    serviceAccountToken: flag,
    identity: IDENTITY,
  },
  members: {
    serviceAccount: true,
    role: true,
    roleBinding: true,
    clusterRole: true,
    clusterRoleBinding: true,
    roles: true,
    roleBindings: true,
    grant: true,
  },
  precedes: true,
  attach: (place, props) => new WorkloadAccess(place, props),
};

/** The account of one workload, and what it may do. */
class WorkloadAccess extends WorkloadGrants {
  readonly serviceAccount: ServiceAccount | undefined;
  readonly #place: TraitPlace;
  readonly #props: AccessProps;
  readonly #labels: Readonly<Record<string, string>>;

  constructor(place: TraitPlace, props: AccessProps) {
    super(
      place,
      (report) => this.#nameIn(report) ?? '',
      () => props.serviceAccount,
    );
    this.#place = place;
    this.#props = props;
    const report = below('identity', reporter(place.workload));
    const { annotations, labels, tokens } = identityPart(place.workload, props.identity, report);
    this.#labels = labels;
    getTokensFrom(place.workload, tokens);
    if (props.identity !== undefined && props.serviceAccount !== undefined) {
      const message = 'Forbidden: may not specify both `identity` and `serviceAccount`';
      report({ code: 'INVALID_PROP', message, hint: 'Annotate the ServiceAccount where it is made.' });
    }
    this.serviceAccount =
      props.serviceAccount === undefined
        ? new OwnServiceAccount(place.workload, 'service-account', place.metadata(annotations))
        : undefined;
    if (props.serviceAccountToken ?? hasToken(props.serviceAccount)) callApiServer(place.workload);
  }

  override grant(...args: Parameters<WorkloadGrants['grant']>): void {
    super.grant(...args);
    if (this.isGranted && this.#props.serviceAccountToken !== false) callApiServer(this.#place.workload);
  }

  renderPod(report: Reporter): PodPart {
    const isOwn = this.serviceAccount !== undefined;
    const byDefault = this.isGranted ? true : isOwn ? false : undefined;
    return {
      labels: this.#labels,
      spec: {
        ...optional('serviceAccountName', this.#nameIn(report)),
        ...optional('automountServiceAccountToken', this.#props.serviceAccountToken ?? byDefault),
      },
    };
  }

  #nameIn(report: Reporter): string | undefined {
    const account = this.serviceAccount ?? this.#props.serviceAccount;
    return account && referenceName(account, 'ServiceAccount', below('serviceAccount', report));
  }
}

/** Whether an account of ours gives its pods a token. */
function hasToken(account: AccessProps['serviceAccount']): boolean {
  return account instanceof ServiceAccount && account.hasToken;
}
