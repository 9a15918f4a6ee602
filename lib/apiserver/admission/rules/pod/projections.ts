import type { CheckedField } from '../../checked-field';
import { fileMode, volumeFilePath } from '../files';
import { clusterTrustBundle, podCertificate } from './certificate-projections';
import { downwardFile, keyToPath } from './volume-files';

const TEN_MINUTES = 600;

/**
 * A `projected` volume: several sources in one directory, with unique paths.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateProjectionSources, validateProjectedVolumeSource 1.36
 */
export function projected(volume: CheckedField): void {
  fileMode(volume.child('defaultMode'));
  const paths = new Set<string>();
  const claim = (path: string): void => {
    if (path === '') return;
    if (paths.has(path)) volume.invalid(`has two files at ${path}`);
    paths.add(path);
  };
  for (const source of volume.child('sources').items) {
    const [keys, downward, token] = [
      ['secret', 'configMap'].map((name) => source.child(name)).filter((each) => each.isSet),
      source.child('downwardAPI'),
      source.child('serviceAccountToken'),
    ];
    for (const each of keys) {
      each.child('name').needs();
      for (const item of each.child('items').items) {
        keyToPath(item);
        claim(item.child('path').text);
      }
    }
    for (const file of downward.child('items').items) {
      downwardFile(file, downward);
      claim(file.child('path').text);
    }
    if (token.isSet) serviceAccountToken(token, volume);
    const [trust, certificate] = [source.child('clusterTrustBundle'), source.child('podCertificate')];
    if (trust.isSet) clusterTrustBundle(trust, claim);
    if (certificate.isSet) podCertificate(certificate, claim);
    const others = [downward, token, trust, certificate].filter((each) => each.isSet);
    if (keys.length + others.length > 1) source.forbidden('must have one source');
  }
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateProjectionSources 1.36 */
function serviceAccountToken(token: CheckedField, volume: CheckedField): void {
  token.child('expirationSeconds').mustBeWithin(TEN_MINUTES, 2 ** 32);
  // The server reports the path as if it were a field of the volume.
  const path = volume.child('path').holding(token.child('path').value);
  if (path.needs() && path.since('1.30')) volumeFilePath(path);
}
