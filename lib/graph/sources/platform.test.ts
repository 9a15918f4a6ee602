import { linesOf } from '../../../test/graph/reference-lines';

describe('an ExternalSecret', () => {
  const external = (spec: string): string[] =>
    linesOf(`
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: login, namespace: shop }
spec: ${spec}
`);

  it('names a SecretStore of its namespace, or a ClusterSecretStore', () => {
    const line = (target: string): string[] => [
      `secret-store spec.secretStoreRef.name → external-secrets.io/${target}`,
    ];
    expect(external('{ secretStoreRef: { name: vault } }')).toEqual(line('SecretStore shop/vault missing'));
    expect(external('{ secretStoreRef: { kind: SecretStore, name: vault } }')).toEqual(
      line('SecretStore shop/vault missing'),
    );
    expect(external('{ secretStoreRef: { kind: ClusterSecretStore, name: vault } }')).toEqual(
      line('ClusterSecretStore vault unknown'),
    );
  });

  it('names the stores of single entries', () => {
    const entry = (name: string): string => `[{}, { sourceRef: { storeRef: { name: ${name} } } }]`;
    expect(external(`{ data: ${entry('a')}, dataFrom: ${entry('b')} }`)).toEqual([
      'secret-store spec.data[1].sourceRef.storeRef.name → external-secrets.io/SecretStore shop/a missing',
      'secret-store spec.dataFrom[1].sourceRef.storeRef.name → external-secrets.io/SecretStore shop/b missing',
    ]);
  });
});

test.each([
  ['{ name: ca }', ['cert-manager.io/Issuer shop/ca missing']],
  ['{ kind: Issuer, group: cert-manager.io, name: ca }', ['cert-manager.io/Issuer shop/ca missing']],
  ['{ kind: ClusterIssuer, name: ca }', ['cert-manager.io/ClusterIssuer ca unknown']],
  ['{ kind: Issuer, group: issuers.example, name: ca }', []],
])('a Certificate with the issuer %s names %j', (ref, targets) => {
  const lines = linesOf(`
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: web, namespace: shop }
spec: { secretName: web-tls, issuerRef: ${ref} }
`);
  expect(lines).toEqual(targets.map((target) => `issuer spec.issuerRef.name → ${target}`));
});

test.each([
  [
    'kustomize.toolkit.fluxcd.io/v1',
    'Kustomization',
    'spec.sourceRef',
    (ref: string) => `{ sourceRef: ${ref} }`,
  ],
  [
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    'spec.chart.spec.sourceRef',
    (ref: string) => `{ chart: { spec: { sourceRef: ${ref} } } }`,
  ],
])(
  "Flux's %s %s names its source, in its own namespace unless it says another",
  (apiVersion, kind, at, spec) => {
    const source = (ref: string): string[] =>
      linesOf(`
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: app, namespace: shop }
spec: ${spec(ref)}
`);
    const line = (name: string): string[] => [
      `other ${at}.name → source.toolkit.fluxcd.io/GitRepository ${name} missing`,
    ];
    expect(source('{ kind: GitRepository, name: repo }')).toEqual(line('shop/repo'));
    expect(source('{ kind: GitRepository, name: repo, namespace: flux-system }')).toEqual(
      line('flux-system/repo'),
    );
  },
);
