import { clustersOf } from '../../graph/clusters';
import { images } from '../../graph/images';
import { fullImageName } from '../../kube/image';
import { push } from '../../kube/grouped';
import { formatId } from '../../manifest/manifest';
import type { ManifestSet } from '../../manifest/set';
import type { ImageUse, ListedImage } from '../../report/images/report';

/** The objects of an app, or of files. */
export interface ImageSource {
  readonly app?: string;
  readonly set: ManifestSet;
}

/** Every image with its uses, in the same order for the same objects. */
export function listImages(sources: readonly ImageSource[]): readonly ListedImage[] {
  const found = new Map<string, { readonly image: Omit<ListedImage, 'uses'>; readonly use: ImageUse }[]>();
  for (const { app, set } of sources) {
    for (const { manifest, field, user, reference } of clustersOf(set).flatMap(images)) {
      const { id, origin } = manifest;
      const use: ImageUse = {
        ...(app !== undefined && { app }),
        ...(origin?.environment !== undefined && { environment: origin.environment }),
        object: id,
        ...user,
        path: field.path,
        ...(origin?.construct !== undefined && { construct: origin.construct }),
        ...(origin?.source !== undefined && { source: origin.source }),
      };
      const image = {
        image: field.text,
        ...(reference !== undefined && { name: fullImageName(reference) }),
        ...(reference?.tag !== undefined && { tag: reference.tag }),
        ...(reference?.digest !== undefined && { digest: reference.digest, pinnedBy: 'manifest' as const }),
      };
      push(found, field.text, { image, use });
    }
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, all]) => {
      const [first] = all;
      return first === undefined ? [] : [{ ...first.image, uses: sorted(all.map(({ use }) => use)) }];
    });
}

function sorted(uses: readonly ImageUse[]): readonly ImageUse[] {
  const keyed = uses.map((use) => {
    const { app = '', environment = '', object, path } = use;
    return [[app, environment, formatId(object), path].join('\n'), use] as const;
  });
  return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, use]) => use);
}
