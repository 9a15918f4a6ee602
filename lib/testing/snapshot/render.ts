import { kindSchema, latestRelease } from '../../kube/schema';
import type { Manifest } from '../../manifest/manifest';
import { plain } from '../../manifest/plain';
import { emitDocuments } from '../../manifest/yaml/emit';
import { redactObjects } from '../../report/redact/objects';
import { recordWhole } from '../coverage/record';
import { Manifests } from '../manifests';
import type { ManifestSource } from '../source';
import { fold, placeholders } from './fold';
import { withoutDefaults } from './spoken-defaults';

/**
 * Manifests as a text that changes only with relevant changes: keys in order, names derived from content with a
 * placeholder instead of the hash, and no fields that the server would default. It is committed and printed when it differs,
 * so secrets are hidden, without a hash of them: a short password could be found by trying.
 */
export function snapshotOf(source: ManifestSource | Manifests): string {
  const manifests = [...Manifests.from(source)];
  const names = placeholders(manifests);
  return emitDocuments(
    redactObjects(manifests).map((object, index) => {
      const manifest = manifests[index] as Manifest;
      recordWhole(manifest);
      return fold(quiet({ ...manifest, object }), names);
    }),
  );
}

function quiet({ object, id }: Manifest): object {
  const schema = kindSchema(latestRelease, id.apiVersion, id.kind);
  return schema === undefined ? plain(object) : plain(withoutDefaults(object, schema));
}
