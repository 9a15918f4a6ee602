import type { Construct } from 'constructs';
import { parseDuration } from '../../kube/duration';
import { configMapKey } from '../../kube/names';
import type { Reporter } from '../core/problems';
import { below, report } from '../core/problems';
import type { Keys } from '../core/props';
import { checkKeys, oneOfKnown, optional } from '../core/props';
import type { KeyReference } from '../core/reference';
import type { ResourceProps } from '../core/resource';
import { Resource, RESOURCE_KEYS } from '../core/resource';

export interface ExternalSecretProps extends ResourceProps {
  /** Name of the store, or with its kind where it belongs to the namespace. */
  readonly store: string | { readonly name: string; readonly kind?: 'ClusterSecretStore' | 'SecretStore' };
  /** Where each key of the Secret comes from: `path#property`, or `path` for the whole entry. */
  readonly keys: Readonly<Record<string, string>>;
  /** How often the store is asked again, such as `1h`. @default '1h', as External Secrets fills in */
  readonly refresh?: string;
}

const STORE_KEYS: Keys<Exclude<ExternalSecretProps['store'], string>> = { name: true, kind: true };
const KEYS: Keys<ExternalSecretProps> = { ...RESOURCE_KEYS, store: true, keys: true, refresh: true };

/**
 * A Secret that External Secrets fetches from a store in the cluster (external-secrets.io/v1): no value stands in the
 * rendered files. It stands for the Secret that it makes wherever one fits.
 */
export class ExternalSecret extends Resource<ExternalSecretProps> {
  readonly #keys: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: ExternalSecretProps) {
    super(scope, id, props, {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      keys: KEYS,
      content: (report) => {
        checkSpec(props, report);
        return { spec: renderSpec(props, this.name) };
      },
    });
    this.#keys = props.keys ?? {};
  }

  /** One key, as the value of a variable or as a file. */
  key(key: string, options: { readonly optional?: boolean } = {}): KeyReference {
    if (!Object.hasOwn(this.#keys, key)) {
      const keys = Object.keys(this.#keys).join(', ') || 'none';
      const message = `there is no such key; there are ${keys}`;
      report(this, { code: 'INVALID_PROP', path: `key('${key}')`, message });
    }
    return { of: { kind: 'Secret', name: this.name }, key, ...options };
  }
}

function checkSpec({ store, keys, refresh }: Partial<ExternalSecretProps>, report: Reporter): void {
  if (store === undefined)
    report({ code: 'MISSING_PROP', path: 'store', message: 'an ExternalSecret needs a store' });
  if (typeof store === 'object') {
    checkKeys(store, STORE_KEYS, below('store', report));
    oneOfKnown(store.kind, ['ClusterSecretStore', 'SecretStore'], 'store.kind', report);
  }
  if (Object.keys(keys ?? {}).length === 0)
    report({ code: 'MISSING_PROP', path: 'keys', message: 'an ExternalSecret needs a key' });
  for (const key of Object.keys(keys ?? {})) {
    const wrong = configMapKey(key);
    if (wrong !== undefined)
      report({ code: 'INVALID_NAME', path: `keys.${key}`, message: `"${key}" is no key: ${wrong}` });
  }
  if (refresh !== undefined && parseDuration(refresh) === undefined) {
    const hint = 'Write it as Go does: 90s, 1h, 1h30m; 0 asks only once.';
    report({ code: 'INVALID_PROP', path: 'refresh', message: `"${refresh}" is no duration`, hint });
  }
}

function renderSpec(
  { store: given, keys = {}, refresh }: Partial<ExternalSecretProps>,
  name: string,
): object {
  const store = typeof given === 'string' ? { name: given } : given;
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
