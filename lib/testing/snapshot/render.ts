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
 * Manifests as a text that changes when something does that matters: keys in order, names that follow content with a
 * placeholder in place of the hash, and nothing that the server fills in by itself.
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
