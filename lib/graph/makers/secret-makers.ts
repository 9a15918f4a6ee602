import { named, secret, type Maker } from './maker';
import {
  at,
  certgen,
  copies,
  externalSecret,
  infisical,
  infisicalStatic,
  madeByHolder,
  ofOwnName,
  sealedSecret,
  secretProvider,
  servingCert,
  sopsSecrets,
  vaultSecret,
} from './secrets';

const VAULT = 'https://developer.hashicorp.com/vault/docs/platform/k8s/vso/api-reference';
const INFISICAL = 'https://github.com/Infisical/kubernetes-operator/blob/main/api';
const REPLICATORS = 'https://github.com/mittwald/kubernetes-replicator/blob/master/README.md';

/** What makes Secrets. */
export const secretMakers: readonly Maker[] = [
  {
    kind: 'external-secrets.io/ExternalSecret',
    source: 'https://external-secrets.io/latest/api/externalsecret/',
    makes: externalSecret,
  },
  {
    kind: 'external-secrets.io/ClusterExternalSecret',
    source: 'https://external-secrets.io/latest/api/clusterexternalsecret/',
    makes: (object, name) => {
      const spec = object.at('spec');
      const own = spec.at('externalSecretName').text || name;
      const target = spec.at('externalSecretSpec', 'target', 'name').text || own;
      return [{ target: { group: '', kind: 'Secret', name: target } }];
    },
  },
  {
    kind: 'bitnami.com/SealedSecret',
    source: 'https://github.com/bitnami-labs/sealed-secrets/blob/main/README.md',
    makes: sealedSecret,
  },
  {
    kind: 'secrets-store.csi.x-k8s.io/SecretProviderClass',
    source: 'https://secrets-store-csi-driver.sigs.k8s.io/topics/sync-as-kubernetes-secret',
    makes: secretProvider,
  },
  ...['VaultDynamicSecret', 'VaultPKISecret', 'VaultStaticSecret'].map((kind) => ({
    kind: `secrets.hashicorp.com/${kind}`,
    source: VAULT,
    makes: vaultSecret,
  })),
  {
    kind: 'secrets.hashicorp.com/HCPVaultSecretsApp',
    source: VAULT,
    makes: vaultSecret,
  },
  {
    kind: 'ricoberger.de/VaultSecret',
    source: 'https://github.com/ricoberger/vault-secrets-operator/blob/main/README.md',
    makes: ofOwnName,
  },
  {
    kind: 'onepassword.com/OnePasswordItem',
    source: 'https://developer.1password.com/docs/k8s/operator/',
    makes: ofOwnName,
  },
  {
    kind: 'isindir.github.com/SopsSecret',
    source: 'https://github.com/isindir/sops-secrets-operator/blob/master/README.md',
    ...sopsSecrets('secretTemplates'),
  },
  {
    kind: 'addons.projectcapsule.dev/SopsSecret',
    source: 'https://github.com/peak-scale/sops-operator/blob/main/docs/reference.md',
    ...sopsSecrets('secrets'),
  },
  {
    kind: 'addons.projectcapsule.dev/GlobalSopsSecret',
    source: 'https://github.com/peak-scale/sops-operator/blob/main/docs/reference.md',
    ...sopsSecrets('secrets', (each) => each.at('namespace').text),
  },
  {
    kind: 'secrets.infisical.com/InfisicalSecret',
    source: `${INFISICAL}/v1alpha1/infisicalsecret_types.go`,
    makes: infisical,
  },
  {
    kind: 'secrets.infisical.com/InfisicalDynamicSecret',
    source: `${INFISICAL}/v1alpha1/infisicaldynamicsecret_types.go`,
    makes: infisical,
  },
  {
    kind: 'secrets.infisical.com/InfisicalStaticSecret',
    source: `${INFISICAL}/v1beta1/infisicalstaticsecret_types.go`,
    makes: infisicalStatic,
  },
  {
    kind: 'secrets.doppler.com/DopplerSecret',
    source: 'https://github.com/DopplerHQ/kubernetes-operator/blob/main/api/v1alpha1/dopplersecret_types.go',
    makes: (object, _name, namespace) => {
      const managed = object.at('spec', 'managedSecret');
      return named(secret, managed.at('name'), managed.at('namespace').text || namespace);
    },
  },
  {
    kind: 'k8s.bitwarden.com/BitwardenSecret',
    source: 'https://bitwarden.com/help/secrets-manager-kubernetes-operator/',
    makes: at('spec', 'secretName'),
  },
  {
    kind: 'secrets.akeyless.io/AkeylessSecret',
    source: 'https://github.com/akeyless-community/akeyless-secrets-operator/blob/main/README.md',
    makes: externalSecret,
  },
  {
    kind: 'kubernetes-client.io/ExternalSecret',
    source: 'https://github.com/external-secrets/kubernetes-external-secrets/blob/master/README.md',
    makes: ofOwnName,
  },
  {
    kind: 'spv.no/AzureKeyVaultSecret',
    source: 'https://akv2k8s.io/reference/azure-key-vault-secret/',
    makes: at('spec', 'output', 'secret', 'name'),
  },
  {
    kind: 'secretgenerator.mittwald.de/StringSecret',
    source: 'https://github.com/mittwald/kubernetes-secret-generator/blob/master/README.md',
    makes: ofOwnName,
  },
  ...['Password', 'Certificate', 'RSAKey', 'SSHKey'].map((kind) => ({
    kind: `secretgen.k14s.io/${kind}`,
    source: 'https://github.com/carvel-dev/secretgen-controller/tree/develop/pkg/generator',
    makes: ofOwnName,
  })),
  ...['SecretTemplate', 'SecretImport'].map((kind) => ({
    kind: `secretgen.carvel.dev/${kind}`,
    source: 'https://github.com/carvel-dev/secretgen-controller/tree/develop/pkg/apis/secretgen2',
    makes: ofOwnName,
  })),
  {
    kind: '/Service',
    source:
      'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/security_and_compliance/configuring-certificates',
    makes: servingCert,
  },
  { kind: '/Secret', source: REPLICATORS, makes: copies('Secret') },
  { kind: '/ConfigMap', source: REPLICATORS, makes: copies('ConfigMap') },
  {
    kind: 'batch/Job',
    source: 'https://github.com/kubernetes/ingress-nginx/tree/main/images/kube-webhook-certgen',
    makes: certgen,
  },
  {
    kind: 'rbac.authorization.k8s.io/Role',
    source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources',
    makes: madeByHolder,
  },
];
