import type { Field } from '../../manifest/field';
import { podTemplateOf } from '../pod-template';
import { rulesIn } from '../role-rules';
import { configMap, named, secret, type Derived, type Maker } from './maker';

/** The Secret of an ExternalSecret, or the object of another kind that it asks for. Its keys are known where it lists them and has no template of its own. */
export function externalSecret(object: Field, name: string, namespace: string): Derived[] {
  const spec = object.at('spec');
  const at = spec.at('target');
  const called = at.at('name').text || name;
  const kind = at.at('manifest', 'kind').text;
  if (kind !== '') {
    const [group = ''] = at.at('manifest', 'apiVersion').text.split('/').slice(0, -1);
    return [{ target: { group, kind, namespace, name: called } }];
  }
  const target = secret(called, namespace);
  const open = spec.list('dataFrom').length > 0 || spec.at('target', 'template').isSet;
  const keys = spec.list('data').map((entry) => entry.at('secretKey').text);
  return [open ? { target } : { target, keys }];
}

/** The Secret of a SealedSecret: the keys are in the clear. */
export function sealedSecret(object: Field, name: string, namespace: string): Derived[] {
  const sealed = Object.keys(object.at('spec', 'encryptedData').record);
  const open = Object.keys(object.at('spec', 'template', 'data').record);
  const target = secret(object.at('spec', 'template', 'metadata', 'name').text || name, namespace);
  return [{ target, keys: [...sealed, ...open] }];
}

/** The Secrets that the Secrets Store CSI driver syncs. */
export function secretProvider(object: Field, _name: string, namespace: string): Derived[] {
  return object.list('spec', 'secretObjects').map((made) => ({
    target: secret(made.at('secretName').text, namespace),
    keys: made.list('data').map((entry) => entry.at('key').text),
  }));
}

/** The Secret of Vault's operator, where it asks for one. */
export function vaultSecret(object: Field, _name: string, namespace: string): Derived[] {
  const destination = object.at('spec', 'destination');
  const name = destination.at('name').text;
  return name === '' || destination.at('create').value !== true ? [] : [{ target: secret(name, namespace) }];
}

/**
 * The Secrets that a Role names, where it also lets its holder create Secrets: software that makes them itself when it
 * first runs (Argo CD's password of Redis, MetalLB's key of its members).
 */
export function madeByHolder(object: Field, _name: string, namespace: string): Derived[] {
  const rules = rulesIn(object).filter(
    ({ groups, resources }) => groups.includes('') && resources.some(({ text }) => text === 'secrets'),
  );
  const creates = rules.some(
    ({ names, verbs }) => names.length === 0 && verbs.some(({ text }) => text === 'create' || text === '*'),
  );
  if (!creates) return [];
  return rules.flatMap(({ names }) => names.map(({ text }) => ({ target: secret(text, namespace) })));
}

/** The Secret that a Job of kube-webhook-certgen makes: `--secret-name=…`. */
export function certgen(object: Field, _name: string, namespace: string): Derived[] {
  const containers = podTemplateOf(object.value)?.field.list('spec', 'containers') ?? [];
  return containers.flatMap((container) =>
    container.child('args').texts.flatMap((text) => {
      const name = /^--secret-name=(.+)$/.exec(text)?.[1];
      return name === undefined ? [] : [{ target: secret(name, namespace) }];
    }),
  );
}

/** The Secrets of an InfisicalSecret: one of its first versions, or several. */
export function infisical(object: Field, _name: string, namespace: string): Derived[] {
  const spec = object.at('spec');
  const own = spec.at('managedSecretReference');
  const lists = [
    ['managedKubeSecretReferences', 'secretName', secret],
    ['managedKubeConfigMapReferences', 'configMapName', configMap],
  ] as const;
  return [
    ...named(secret, own.at('secretName'), own.at('secretNamespace').text || namespace),
    ...lists.flatMap(([list, field, kind]) =>
      spec.list(list).flatMap((ref) => {
        const there = ref.at(field.replace('Name', 'Namespace')).text || namespace;
        return named(kind, ref.at(field), there);
      }),
    ),
  ];
}

/** The Secrets and ConfigMaps that an InfisicalStaticSecret lists as its targets. */
export function infisicalStatic(object: Field, _name: string, namespace: string): Derived[] {
  return object.list('spec', 'targets').flatMap((target) => {
    const kind = target.at('kind').text === 'ConfigMap' ? configMap : secret;
    return named(kind, target.at('name'), target.at('namespace').text || namespace);
  });
}

/** The copies of a Secret or ConfigMap, in any namespace, that an annotation asks a replicator for. */
export function copies(kind: 'Secret' | 'ConfigMap'): NonNullable<Maker['makes']> {
  return (object, name) =>
    REPLICATING.some((key) => object.at('metadata', 'annotations', key).isSet)
      ? [{ target: { group: '', kind, name } }]
      : [];
}

const REPLICATING = [
  'reflector.v1.k8s.emberstack.com/reflection-auto-enabled',
  'replicator.v1.mittwald.de/replicate-to',
  'replicator.v1.mittwald.de/replicate-to-matching',
  'kubed.appscode.com/sync',
];

/** The Secret with the certificate that OpenShift makes for a Service. */
export function servingCert(object: Field, _name: string, namespace: string): Derived[] {
  const annotations = object.at('metadata', 'annotations');
  const keys = ['tls.crt', 'tls.key'];
  return ['beta', 'alpha'].flatMap((level) =>
    named(secret, annotations.at(`service.${level}.openshift.io/serving-cert-secret-name`), namespace, keys),
  );
}

/** The Secret with the credentials of a Crossplane resource of any kind. */
export function connection(object: Field, _name: string, namespace: string): Derived[] {
  const ref = object.at('spec', 'writeConnectionSecretToRef');
  return named(secret, ref.at('name'), ref.at('namespace').text || namespace);
}

/** A controller that makes a Secret of the name of its resource. */
export function ofOwnName(_object: Field, name: string, namespace: string): Derived[] {
  return [{ target: secret(name, namespace) }];
}

/** A controller that makes the Secret that a field names. */
export function at(...path: readonly string[]): NonNullable<Maker['makes']> {
  return (object, _name, namespace) => named(secret, object.at(...path), namespace);
}

/** A text that SOPS has encrypted. */
const ENCRYPTED = /^ENC\[/;

/**
 * The Secrets that an object of SOPS lists: names may be encrypted, too, and then say nothing. Keys never are.
 *
 * @param list the field with the Secrets
 * @param namespaceOf the namespace of one, where it is not that of the object
 */
export function sopsSecrets(
  list: string,
  namespaceOf: (each: Field, own: string) => string = (_, own) => own,
): Pick<Maker, 'makes' | 'opens'> {
  const all = (object: Field): readonly Field[] => object.list('spec', list);
  return {
    makes: (object, _name, own) =>
      all(object)
        .filter((each) => !ENCRYPTED.test(each.at('name').text))
        .flatMap((each) => {
          const keys = ['data', 'stringData'].flatMap((field) => Object.keys(each.at(field).record));
          return named(secret, each.at('name'), namespaceOf(each, own), keys.length > 0 ? keys : undefined);
        }),
    opens: (object, own) => {
      const hidden = all(object).find((each) => ENCRYPTED.test(each.at('name').text));
      if (hidden === undefined) return undefined;
      const namespace = namespaceOf(hidden, own ?? '');
      return { kind: 'Secret', ...(namespace !== '' && !ENCRYPTED.test(namespace) && { namespace }) };
    },
  };
}
