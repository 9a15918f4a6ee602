import type { Construct } from 'constructs';
import type { CustomPatches } from '../../kube/custom/patches';
import { parseDuration } from '../../kube/duration';
import { releaseIn } from '../../profiles/installed';
import { servedVersions } from '../../profiles/served-versions';
import { Environment } from '../core/environment';
import { requireInstalled } from '../core/installed';
import type { Reporter } from '../core/problems';
import { optional } from '../core/props';
import type { KeyReference } from '../core/reference';
import type { ResourceProps } from '../core/resource';
import { Resource, RESOURCE_SHAPES } from '../core/resource';
import type { FilesFrom } from '../workloads/container/files';
import type { MountedKeys } from './secret-keys';
import { checkKeys, secretKey } from './secret-keys';
import { propsShape } from '../core/kubernetes-words';
import { anyOf, choice, mapOf, record, text } from '../core/shapes';

/** Props of an ExternalSecret. */
export interface ExternalSecretProps extends ResourceProps {
  /** Name of the ClusterSecretStore, or the name and kind of a store. */
  readonly store: string | { readonly name: string; readonly kind?: 'ClusterSecretStore' | 'SecretStore' };
  /** Source of each key of the Secret: `path#property`, or `path` for the whole entry. */
  readonly keys: Readonly<Record<string, string>>;
  /** How often the store is read again, as a duration such as `1h`. @default '1h', set by External Secrets */
  readonly refresh?: string;
}

type Store = Exclude<ExternalSecretProps['store'], string>;
const STORE = record<Store>({ name: text, kind: choice(['ClusterSecretStore', 'SecretStore']) });

const PROPS = propsShape<ExternalSecretProps>(
  {
    ...RESOURCE_SHAPES,
    store: anyOf<ExternalSecretProps['store']>([text, STORE]),
    keys: mapOf(text, "{ password: 'shop/db#password' }"),
    refresh: text,
  },
  { secretStoreRef: '`store`', refreshInterval: '`refresh`', data: '`keys`', target: '`name`' },
);

const GROUP = 'external-secrets.io';

/**
 * A Secret that External Secrets fetches from a store in the cluster, so that the rendered files hold no values. It can be
 * used wherever a Secret can. In an environment, `installed` of the profile has to name `external-secrets`; its release
 * chooses the version: external-secrets.io/v1, or v1beta1 before 0.16.
 *
 * | object | when | why |
 * |---|---|---|
 * | ExternalSecret | always | makes External Secrets create the Secret of the same name |
 */
export class ExternalSecret extends Resource<ExternalSecretProps, CustomPatches['ExternalSecret']> {
  readonly #keys: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: ExternalSecretProps) {
    super(scope, id, props, {
      apiVersion: `${GROUP}/${versionFor(scope)}`,
      kind: 'ExternalSecret',
      shape: PROPS,
      content: (report) => {
        checkSpec(props, report);
        return { spec: renderSpec(props, this.name) };
      },
    });
    this.#keys = this.props.keys ?? {};
    requireInstalled(this, 'external-secrets');
  }

  /** The whole Secret as files, for `files`; see FilesFrom. */
  mount(options: MountedKeys = {}): FilesFrom {
    return { from: this, ...options };
  }

  /** The keys of the Secret. */
  get keys(): readonly string[] {
    return Object.keys(this.#keys);
  }

  /** Refers to one key, as the value of a variable or as a file. */
  key(key: string, options: { readonly optional?: boolean } = {}): KeyReference {
    return secretKey(this, () => this.keys, key, options);
  }
}

/** External Secrets has served v1 since 0.16, and v1beta1 no longer since 0.17. */
function versionFor(scope: Construct): string {
  const release = releaseIn(Environment.of(scope)?.profile ?? {}, 'external-secrets');
  return servedVersions(GROUP, 'ExternalSecret', release)[0] ?? 'v1';
}

function checkSpec({ store, keys, refresh }: Partial<ExternalSecretProps>, report: Reporter): void {
  if (store === undefined)
    report({
      code: 'MISSING_PROP',
      path: 'store',
      message: 'Required value: an ExternalSecret needs a store',
    });
  checkKeys(keys ?? {}, 'an ExternalSecret', report);
  if (refresh !== undefined && parseDuration(refresh) === undefined) {
    const hint = 'Durations look like 90s, 1h or 1h30m; 0 reads the store once.';
    report({
      code: 'INVALID_PROP',
      path: 'refresh',
      message: `Invalid value: "${refresh}": expected a duration`,
      hint,
    });
  }
}

function renderSpec(
  { store: source, keys = {}, refresh }: Partial<ExternalSecretProps>,
  name: string,
): object {
  const store = typeof source === 'string' ? { name: source } : source;
  return {
    ...optional('refreshInterval', refresh),
    secretStoreRef: { name: store?.name, kind: store?.kind ?? 'ClusterSecretStore' },
    target: { name },
    data: Object.entries(keys).map(([secretKey, entry]) => {
      const at = entry.indexOf('#');
      const remoteRef = at < 0 ? { key: entry } : { key: entry.slice(0, at), property: entry.slice(at + 1) };
      return { secretKey, remoteRef };
    }),
  };
}
