import type { Place } from '../place';
import type { Seeing, Source } from '../seeing';

const STORES = 'external-secrets.io';
const FLUX = 'source.toolkit.fluxcd.io';

/** The stores that an ExternalSecret reads from. */
export const externalSecret: Source = (see, object) => {
  ofStore(see, object.at('spec', 'secretStoreRef'));
  for (const list of ['data', 'dataFrom']) {
    for (const entry of object.list('spec', list)) ofStore(see, entry.at('sourceRef', 'storeRef'));
  }
};

function ofStore(see: Seeing, ref: Place): void {
  const kind = ref.at('kind').text || 'SecretStore';
  scoped(see, 'secret-store', ref.at('name'), { group: STORES, kind }, kind === 'SecretStore');
}

/** The issuer of a Certificate. */
export const certificate: Source = (see, object) => {
  const ref = object.at('spec', 'issuerRef');
  const group = ref.at('group').text || 'cert-manager.io';
  if (group !== 'cert-manager.io') return;
  const kind = ref.at('kind').text || 'Issuer';
  scoped(see, 'issuer', ref.at('name'), { group, kind }, kind === 'Issuer');
};

/** Where Flux finds what it applies. */
export const fluxSource =
  (...path: string[]): Source =>
  (see, object) => {
    const ref = object.at(...path);
    const namespace = ref.at('namespace').text || see.namespace;
    const kind = ref.at('kind').text;
    see.name('other', ref.at('name'), { group: FLUX, kind, namespace, name: ref.at('name').text });
  };

function scoped(
  see: Seeing,
  role: 'secret-store' | 'issuer',
  at: Place,
  kind: { readonly group: string; readonly kind: string },
  isNamespaced: boolean,
): void {
  see.name(role, at, { ...kind, name: at.text, ...(isNamespaced && { namespace: see.namespace }) });
}
