import { groupOf, type Manifest } from '../../manifest/manifest';
import { namespaceOf } from '../namespace';
import { Field } from '../../manifest/field';
import { certManager, issuer, shimmed } from './cert-manager';
import { databases } from './databases';
import { secret, service, type Derived, type Deriver } from './derived';
import { certgen, externalSecret, madeByHolder, sealedSecret, secretProvider, vaultSecret } from './secrets';

const MAKERS: ReadonlyMap<string, Deriver> = new Map<string, Deriver>([
  ['external-secrets.io/ExternalSecret', externalSecret],
  ['bitnami.com/SealedSecret', sealedSecret],
  ['secrets-store.csi.x-k8s.io/SecretProviderClass', secretProvider],
  ['secrets.hashicorp.com/VaultDynamicSecret', vaultSecret],
  ['secrets.hashicorp.com/VaultPKISecret', vaultSecret],
  ['secrets.hashicorp.com/VaultStaticSecret', vaultSecret],
  ['onepassword.com/OnePasswordItem', (_, name, namespace) => [{ target: secret(name, namespace) }]],
  ['cert-manager.io/Certificate', certManager],
  ['cert-manager.io/Issuer', issuer],
  ['cert-manager.io/ClusterIssuer', issuer],
  ['batch/Job', certgen],
  ['rbac.authorization.k8s.io/Role', madeByHolder],
  ['networking.k8s.io/Ingress', shimmed],
  ['gateway.networking.k8s.io/Gateway', shimmed],
  ['serving.knative.dev/Service', (_, name, namespace) => [{ target: service(name, namespace) }]],
  ...databases,
]);

/** What the controllers of well-known software make of `manifest`. */
export function derivedFrom(manifest: Manifest): readonly Derived[] {
  const { apiVersion, kind, name } = manifest.id;
  const maker = MAKERS.get(`${groupOf(apiVersion)}/${kind}`) ?? connection;
  return maker(Field.root(manifest.object), name, namespaceOf(manifest));
}

/** The Secret with the credentials of a Crossplane resource. */
function connection(object: Field, _name: string, namespace: string): Derived[] {
  const ref = object.at('spec', 'writeConnectionSecretToRef');
  const name = ref.at('name').text;
  return name === '' ? [] : [{ target: secret(name, ref.at('namespace').text || namespace) }];
}
