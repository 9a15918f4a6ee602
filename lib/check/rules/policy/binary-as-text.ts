import type { Field } from '../../../manifest/field';
import { objectsOf } from '../../../graph/objects';
import type { Rule } from '../../rule';

/** What takes the place of bytes that are not UTF-8, when they are read as text. */
const REPLACEMENT = '\ufffd';

/** Source: `ConfigMap.data` of core/v1 holds UTF-8, `binaryData` any bytes. */
export const binaryAsText: Rule = {
  name: 'policy/binary-as-text',
  severity: 'warning',
  about: 'Finds text of ConfigMaps and Secrets with the replacement character U+FFFD.',
  why: 'It takes the place of bytes that are not UTF-8 when a file is read as text: the original bytes are lost.',
  run(cluster, report) {
    const judge = (kind: string, field: string, other: string): void => {
      for (const { manifest, root } of objectsOf(cluster, `/${kind}`))
        for (const at of mangled(root.child(field)))
          report(
            manifest,
            at.path,
            'has the replacement character U+FFFD, so it may be a binary file that was read as text',
            `Put the file in ${other}, in base64.`,
          );
    };
    judge('ConfigMap', 'data', 'binaryData');
    judge('Secret', 'stringData', 'data');
  },
};

function mangled(texts: Field): readonly Field[] {
  return texts.entries.filter(({ text }) => text.includes(REPLACEMENT));
}
