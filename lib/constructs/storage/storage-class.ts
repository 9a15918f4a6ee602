import type { Construct } from 'constructs';
import type { Patches } from '../../kube/patches';
import { propsShape } from '../core/kubernetes-words';
import { optional } from '../core/props';
import type { ResourceProps } from '../core/resource';
import { CLUSTER_SCOPED_SHAPES, Resource } from '../core/resource';
import { choice, ENTRIES, flag, list, text } from '../core/shapes';

/** Props of a StorageClass. */
export interface StorageClassProps extends Omit<ResourceProps, 'namespace'> {
  /** The driver that makes its volumes: `ebs.csi.aws.com`. */
  readonly provisioner: string;
  /** Parameters of the driver: `{ type: 'gp3' }`. @default the driver's */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Whether claims may grow; `plan` reports one that grows and may not. @default true */
  readonly expandable?: boolean;
  /** When a volume is made: `'WaitForFirstConsumer'` where its first pod runs. @default 'WaitForFirstConsumer' */
  readonly bindingMode?: 'Immediate' | 'WaitForFirstConsumer';
  /** What becomes of a volume whose claim is deleted. @default 'Delete', set by the API server */
  readonly reclaimPolicy?: 'Delete' | 'Retain';
  /** Options of the mount. @default none */
  readonly mountOptions?: readonly string[];
  /** Whether claims without a class get it. @default false */
  readonly isDefault?: boolean;
}

const PROPS = propsShape<StorageClassProps>(
  {
    ...CLUSTER_SCOPED_SHAPES,
    provisioner: text,
    parameters: ENTRIES,
    expandable: flag,
    bindingMode: choice(['Immediate', 'WaitForFirstConsumer']),
    reclaimPolicy: choice(['Delete', 'Retain']),
    mountOptions: list(text),
    isDefault: flag,
  },
  { allowVolumeExpansion: '`expandable`', volumeBindingMode: '`bindingMode`' },
);

const KIND = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' } as const;

/** The annotation of the default class. */
const IS_DEFAULT = 'storageclass.kubernetes.io/is-default-class';

/**
 * A kind of volumes that a driver makes for claims. Its volumes may grow, and are made in the zone of their first pod.
 *
 * | object | when | why |
 * |---|---|---|
 * | StorageClass | always | tells the driver how to make volumes |
 */
export class StorageClass extends Resource<StorageClassProps, Patches['StorageClass']> {
  constructor(scope: Construct, id: string, props: StorageClassProps) {
    super(scope, id, props, {
      ...KIND,
      shape: PROPS,
      decide: ({ props: { isDefault } }) => ({
        ...KIND,
        annotations: isDefault === true ? { [IS_DEFAULT]: 'true' } : {},
      }),
      content: (report) => {
        const { provisioner, parameters, expandable = true, reclaimPolicy, mountOptions } = props;
        if ((provisioner as string | undefined) === undefined)
          report({
            code: 'MISSING_PROP',
            path: 'provisioner',
            message: 'Required value: a driver makes the volumes',
            hint: "Set `provisioner`, such as 'ebs.csi.aws.com'.",
          });
        return {
          provisioner,
          ...optional('parameters', parameters),
          allowVolumeExpansion: expandable,
          volumeBindingMode: props.bindingMode ?? 'WaitForFirstConsumer',
          ...optional('reclaimPolicy', reclaimPolicy),
          ...optional('mountOptions', mountOptions),
        };
      },
    });
  }
}
