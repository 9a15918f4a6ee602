import { FieldSources } from '../manifest/field-sources';
import type { Manifest } from '../manifest/manifest';
import type { Finding } from './finding';
import { withYamlHint } from './yaml-surprise';

/** Adds the line of its field to a finding, if its object was read from YAML. Fast for consecutive findings of one object. */
export function locator(): (manifest: Manifest, finding: Finding) => Finding {
  const sources = new FieldSources();
  return (manifest, finding) => {
    const { origin } = finding;
    // An origin of its own is more precise than that of the object.
    if (origin === undefined || origin !== manifest.origin) return finding;
    const source = sources.sourceOf(manifest, finding.path);
    if (source === undefined) return finding;
    return withYamlHint({ ...finding, origin: { ...origin, source } }, manifest.object, sources);
  };
}
