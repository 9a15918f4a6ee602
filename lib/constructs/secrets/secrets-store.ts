import type { Construct } from 'constructs';
import type { CustomPatches } from '../../kube/custom/patches';
import type { Provider } from '../../profiles/cluster-profile';
import { Environment } from '../core/environment';
import { requireInstalled } from '../core/installed';
import { propsShape } from '../core/kubernetes-words';
import type { Reporter } from '../core/problems';
import { report } from '../core/problems';
import type { KeyReference } from '../core/reference';
import type { ResourceProps } from '../core/resource';
import { Resource, RESOURCE_SHAPES } from '../core/resource';
import { anyOf, choice, flag, kubernetesObject, mapOf, text } from '../core/shapes';
import type { MountedVolume } from '../workloads/container/files';
import type { SyncedSecret } from '../workloads/pod/synced-secrets';
import { checkKeys, secretKey } from './secret-keys';
import { renderParameters, STORE_PROVIDERS, type StoreEntry, type StoreProvider } from './store-objects';

/** Props of a SecretsStore. */
export interface SecretsStoreProps extends ResourceProps {
  /** Source of each file: `path#property`, `path`, or an object in the words of the provider. */
  readonly keys: Readonly<Record<string, StoreEntry>>;
  /** The provider. @default by the `provider` of the profile: aws on EKS, gcp on GKE, azure on AKS */
  readonly provider?: StoreProvider;
  /**
   * Parameters of the provider, apart from its objects: `roleName` for vault, `keyvaultName` and `tenantId` for azure.
   * @default none
   */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Whether the driver also makes a Secret of the files while a pod mounts them, for variables. @default false */
  readonly sync?: boolean;
  /** Type of that Secret. @default 'Opaque' */
  readonly type?: string;
}

const PROPS = propsShape<SecretsStoreProps>(
  {
    ...RESOURCE_SHAPES,
    keys: mapOf(anyOf<StoreEntry>([text, kubernetesObject]), "{ password: 'shop/db#password' }"),
    provider: choice(STORE_PROVIDERS),
    parameters: mapOf(text, "{ roleName: 'shop' }"),
    sync: flag,
    type: text,
  },
  { secretObjects: '`sync`' },
);

/** The provider that a cloud's own store needs. */
const OF_CLOUDS: Partial<Record<Provider, StoreProvider>> = { eks: 'aws', gke: 'gcp', aks: 'azure' };

/**
 * Values of a store as files of a pod, by the Secrets Store CSI driver: no Secret holds them, unless `sync` asks for one.
 *
 * | object | when | why |
 * |---|---|---|
 * | SecretProviderClass | always | says which values the driver mounts; `mount()` is the volume |
 */
export class SecretsStore extends Resource<SecretsStoreProps, CustomPatches['SecretProviderClass']> {
  constructor(scope: Construct, id: string, props: SecretsStoreProps) {
    super(scope, id, props, {
      apiVersion: 'secrets-store.csi.x-k8s.io/v1',
      kind: 'SecretProviderClass',
      shape: PROPS,
      content: (report) => ({ spec: this.#renderSpec(report) }),
    });
    requireInstalled(this, 'secrets-store-csi-driver');
  }

  /** The names of the files, and the keys of the Secret. */
  get keys(): readonly string[] {
    return Object.keys(this.props.keys ?? {});
  }

  /** The Secret that the driver makes while a pod mounts the files; needs `sync`. */
  get secret(): SyncedSecret {
    return { kind: 'Secret', name: this.name, mountedBy: this.mount() };
  }

  /** The volume with a file for each key, for `files`. */
  mount(): MountedVolume {
    const volumeAttributes = { secretProviderClass: this.name };
    return { volume: { csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true, volumeAttributes } } };
  }

  /** Refers to one key of the Secret, as the value of a variable; needs `sync`. */
  key(key: string, options: { readonly optional?: boolean } = {}): KeyReference {
    if (this.props.sync !== true) {
      const message = `Required value: key('${key}') reads a Secret, which the driver makes only where it is asked to`;
      report(this, { code: 'MISSING_PROP', path: 'sync', message, hint: 'Set `sync: true`.' });
    }
    return { ...secretKey(this, () => this.keys, key, options), of: this.secret };
  }

  #renderSpec(report: Reporter): object {
    const props: Partial<SecretsStoreProps> = this.props;
    const { keys = {}, provider = this.#ownProvider(), parameters = {}, sync, type = 'Opaque' } = props;
    checkKeys(keys, 'a SecretsStore', report);
    if (provider === undefined) {
      const hint = `Set it to one of ${STORE_PROVIDERS.join(', ')}, or set \`provider\` in the profile.`;
      const message = 'Required value: a SecretsStore needs a provider';
      report({ code: 'MISSING_PROP', path: 'provider', message, hint });
      return {};
    }
    const data = Object.keys(keys).map((key) => ({ objectName: key, key }));
    return {
      provider,
      parameters: renderParameters(provider, keys, parameters, report),
      ...(sync === true && { secretObjects: [{ secretName: this.name, type, data }] }),
    };
  }

  #ownProvider(): StoreProvider | undefined {
    const cloud = Environment.of(this)?.profile.provider;
    return cloud === undefined ? undefined : OF_CLOUDS[cloud];
  }
}
