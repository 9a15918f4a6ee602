import type { Rule } from '../../rule';
import { images } from '../../../graph/images';

export const imageDigest: Rule = {
  name: 'policy/image-digest',
  severity: 'warning',
  strict: true,
  about: 'Finds images that are pinned by a tag only.',
  why: 'Everybody who can push to the registry can move a tag; a digest always names the same image.',
  run(cluster, report) {
    for (const { manifest, field, reference } of images(cluster)) {
      // policy/image-tag reports images without a tag, and latest.
      if (reference?.tag === undefined || reference.tag === 'latest' || reference.digest !== undefined)
        continue;
      report(
        manifest,
        field.path,
        `image "${field.text}" has no digest`,
        'Append the digest to the tag: "@sha256:…".',
      );
    }
  },
};
