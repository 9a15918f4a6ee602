import { kindSchema, latestRelease } from '../../kube/schema';
import type { Manifest } from '../../manifest/manifest';
import { plain } from '../../manifest/plain';
import { emitDocuments } from '../../manifest/yaml/emit';
import { recordWhole } from '../coverage/record';
import { Manifests } from '../manifests';
import type { ManifestSource } from '../source';
import { fold, placeholders } from './fold';
import { withoutDefaults } from './spoken-defaults';

/**
 * Manifests as a text that changes only with relevant changes: keys in order, names derived from content with a
 * placeholder instead of the hash, and no fields that the server would default.
 */
export function snapshotOf(source: ManifestSource | Manifests): string {
  const manifests = [...Manifests.from(source)];
  const names = placeholders(manifests);
  return emitDocuments(
    manifests.map((manifest) => {
      recordWhole(manifest);
      return fold(quiet(manifest), names);
    }),
  );
}

function quiet({ object, id }: Manifest): object {
  const schema = kindSchema(latestRelease, id.apiVersion, id.kind);
  return schema === undefined ? plain(object) : plain(withoutDefaults(object, schema));
}
