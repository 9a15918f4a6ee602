import { emitYaml } from '../../manifest/yaml/emit';
import type { Reporter } from '../core/problems';
import { optional } from '../core/props';

export const STORE_PROVIDERS = ['aws', 'azure', 'gcp', 'vault'] as const;

/** A provider of the Secrets Store CSI driver. */
export type StoreProvider = (typeof STORE_PROVIDERS)[number];

/** Where the value of a key comes from: `path#property`, `path`, or an object in the words of the provider. */
export type StoreEntry = string | Readonly<Record<string, unknown>>;

/** How a provider reads its `parameters`. */
interface ProviderForm {
  /** Parameters that it cannot do without. */
  readonly needs: readonly string[];
  /** The parameter with the objects, and its text. The file of each object is called by its key. */
  readonly objects: (entries: readonly Entry[], report: Reporter) => Readonly<Record<string, string>>;
}

interface Entry {
  readonly key: string;
  readonly path: string;
  readonly property?: string;
  /** What its author wrote in the words of the provider. */
  readonly own?: Readonly<Record<string, unknown>>;
}

/**
 * The parameters of each provider.
 *
 * Sources: `SecretDescriptor` of secrets-store-csi-driver-provider-aws, `KeyVaultObject` and `StringArray` of -azure, `Secret` of
 * -gcp `config`, and `Secret` of vault-csi-provider `internal/config`.
 */
const FORMS: Readonly<Record<StoreProvider, ProviderForm>> = {
  aws: { needs: [], objects: (entries) => ({ objects: emitYaml(awsObjects(entries)) }) },
  azure: {
    needs: ['keyvaultName', 'tenantId'],
    objects: (entries, report) => {
      const array = entries.map(({ key, path, property, own }) => {
        if (property !== undefined) report(unsupported(key, 'a secret of Key Vault has no properties'));
        return emitYaml({ ...(own ?? { objectName: path, objectType: 'secret' }), objectAlias: key });
      });
      return { objects: emitYaml({ array }) };
    },
  },
  gcp: {
    needs: [],
    objects: (entries, report) => {
      const secrets = entries.map(({ key, path, property, own }) => {
        if (own !== undefined) return { ...own, path: key };
        const resourceName = gcpVersion(path);
        if (resourceName === undefined)
          report(unsupported(key, 'expected projects/PROJECT/secrets/NAME, or a version of it'));
        return { resourceName, ...optional('extractJSONKey', property), path: key };
      });
      return { secrets: emitYaml(secrets) };
    },
  },
  vault: {
    needs: ['roleName'],
    objects: (entries) => ({
      objects: emitYaml(
        entries.map(({ key, path, property, own }) => ({
          ...(own ?? { secretPath: path, ...optional('secretKey', property) }),
          objectName: key,
        })),
      ),
    }),
  },
};

/** `parameters` of a SecretProviderClass. */
export function renderParameters(
  provider: StoreProvider,
  keys: Readonly<Record<string, StoreEntry>>,
  parameters: Readonly<Record<string, string>>,
  report: Reporter,
): Readonly<Record<string, string>> {
  const { needs, objects } = FORMS[provider];
  for (const name of needs)
    if (parameters[name] === undefined) {
      const message = `Required value: the provider "${provider}" needs the parameter "${name}"`;
      report({ code: 'MISSING_PROP', path: `parameters.${name}`, message });
    }
  return { ...parameters, ...objects(Object.entries(keys).map(readEntry), report) };
}

function readEntry([key, entry]: readonly [string, StoreEntry]): Entry {
  if (typeof entry !== 'string') return { key, path: '', own: entry };
  const at = entry.indexOf('#');
  return at < 0 ? { key, path: entry } : { key, path: entry.slice(0, at), property: entry.slice(at + 1) };
}

/** One object for each file, and one for all properties of an entry: the provider wants each name once, or aliases. */
function awsObjects(entries: readonly Entry[]): readonly object[] {
  const parts = new Map<string, { readonly path: string; readonly objectAlias: string }[]>();
  for (const { key, path, property } of entries) {
    if (property === undefined) continue;
    // A property may have characters that JMESPath reads as operators.
    parts.set(path, [...(parts.get(path) ?? []), { path: JSON.stringify(property), objectAlias: key }]);
  }
  const whole = entries.filter(({ property }) => property === undefined);
  const objects = whole.map(({ key, path, own }) => {
    const jmesPath = own === undefined ? parts.get(path) : undefined;
    if (jmesPath !== undefined) parts.delete(path);
    return { ...(own ?? awsObject(path)), objectAlias: key, ...optional('jmesPath', jmesPath) };
  });
  return [...objects, ...[...parts].map(([path, jmesPath]) => ({ ...awsObject(path), jmesPath }))];
}

/** An ARN says the type of its object. */
function awsObject(path: string): object {
  return { objectName: path, ...(!path.startsWith('arn:') && { objectType: 'secretsmanager' }) };
}

function gcpVersion(path: string): string | undefined {
  const [name] = /^projects\/[^/]+(\/locations\/[^/]+)?\/secrets\/[^/]+/.exec(path) ?? [];
  if (name === undefined) return undefined;
  const rest = path.slice(name.length);
  if (rest === '') return `${path}/versions/latest`;
  return /^\/versions\/[^/]+$/.test(rest) ? path : undefined;
}

function unsupported(key: string, why: string) {
  return { code: 'INVALID_PROP', path: `keys.${key}`, message: `Invalid value: ${why}` } as const;
}
