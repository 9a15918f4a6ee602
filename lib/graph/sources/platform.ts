import type { Field } from '../../manifest/field';
import type { ReferenceCollector, ReferenceSource } from '../reference-collector';

const STORES = 'external-secrets.io';
const FLUX = 'source.toolkit.fluxcd.io';

/** The stores that an ExternalSecret reads from. */
export const externalSecret: ReferenceSource = (collect, object) => {
  ofStore(collect, object.at('spec', 'secretStoreRef'));
  for (const list of ['data', 'dataFrom']) {
    for (const entry of object.list('spec', list)) ofStore(collect, entry.at('sourceRef', 'storeRef'));
  }
};

function ofStore(collect: ReferenceCollector, ref: Field): void {
  const kind = ref.at('kind').text || 'SecretStore';
  scoped(collect, 'secret-store', ref.at('name'), { group: STORES, kind }, kind === 'SecretStore');
}

/** The issuer of a Certificate. */
export const certificate: ReferenceSource = (collect, object) => {
  const ref = object.at('spec', 'issuerRef');
  const group = ref.at('group').text || 'cert-manager.io';
  if (group !== 'cert-manager.io') return;
  const kind = ref.at('kind').text || 'Issuer';
  scoped(collect, 'issuer', ref.at('name'), { group, kind }, kind === 'Issuer');
};

/** Where Flux finds what it applies. */
export const fluxSource =
  (...path: string[]): ReferenceSource =>
  (collect, object) => {
    const ref = object.at(...path);
    const namespace = ref.at('namespace').text || collect.namespace;
    const kind = ref.at('kind').text;
    collect.name('other', ref.at('name'), { group: FLUX, kind, namespace, name: ref.at('name').text });
  };

function scoped(
  collect: ReferenceCollector,
  role: 'secret-store' | 'issuer',
  at: Field,
  kind: { readonly group: string; readonly kind: string },
  isNamespaced: boolean,
): void {
  const { namespace } = collect;
  collect.name(role, at, { name: at.text, ...kind, ...(isNamespaced && { namespace }) });
}
