import { PART } from '../core/origin';
import { below } from '../core/problems';
import { optional } from '../core/props';
import type { Reference } from '../core/reference';
import { nameOrReference, referenceName } from '../core/reference';
import { flag } from '../core/shapes';
import type { Trait } from '../workloads/trait';
import { ServiceAccount } from './service-account';

/** As whom pods call the API server. */
export interface AccessProps {
  /**
   * A ServiceAccount by name or reference.
   * @default one of its own, without a token
   * @example 'shop-admin'
   */
  readonly serviceAccount?: string | Reference<'ServiceAccount'>;
  /** Whether the containers get a token for the API server. @default false for its own ServiceAccount, else as set there */
  readonly serviceAccountToken?: boolean;
}

/**
 * The account of a workload.
 *
 * | object | when | why |
 * |---|---|---|
 * | ServiceAccount | unless `serviceAccount` names another | permissions granted to it are those of this workload alone |
 */
export interface Access {
  /** The ServiceAccount that the workload makes; `undefined` where `serviceAccount` names another. */
  readonly serviceAccount: ServiceAccount | undefined;
}

/** The account that a workload makes: its origin is the workload's. */
class OwnServiceAccount extends ServiceAccount {}

Object.defineProperty(OwnServiceAccount.prototype, PART, { value: true });

/** A ServiceAccount for each workload, so that permissions are granted to it alone. */
export const access: Trait<AccessProps, Access> = {
  shapes: { serviceAccount: nameOrReference<'ServiceAccount'>(), serviceAccountToken: flag },
  members: { serviceAccount: true },
  precedes: true,
  attach: ({ workload, metadata }, { serviceAccount: other, serviceAccountToken }) => {
    const own =
      other === undefined ? new OwnServiceAccount(workload, 'service-account', metadata()) : undefined;
    const token = serviceAccountToken ?? (own === undefined ? undefined : false);
    return {
      serviceAccount: own,
      renderPod: (report) => {
        const account = own ?? other;
        const name = account && referenceName(account, 'ServiceAccount', below('serviceAccount', report));
        return {
          spec: {
            ...optional('serviceAccountName', name),
            ...optional('automountServiceAccountToken', token),
          },
        };
      },
    };
  },
};
