import { ManifestSet } from '../../../lib/manifest/set';
import { text } from '../generate/texts';
import { coded, same } from '../invariants';
import type { Target } from '../target';

// Not an interface: those have no index signature.

export type ReaderInput = { readonly text: string };

/** Reads a text: it is a set, or an error with a code; what is written is read as it was. */
export const reader: Target<ReaderInput> = {
  name: 'reader',
  weight: 40,
  shrinks: ['text'],
  make: (random) => ({ text: text(random) }),
  run({ text }, thorough) {
    const read = coded(
      () => ManifestSet.parse(text, { source: 'a.yaml' }),
      ['INVALID_YAML', 'NOT_AN_OBJECT'],
    );
    if ('code' in read) return read.code;
    if (thorough) rereads(read.value);
    return `${read.value.size} objects`;
  },
};

function rereads(set: ManifestSet): void {
  const written = coded(() => set.toYaml(), ['UNWRITABLE_STRING']);
  if ('code' in written) return;
  const again = ManifestSet.parse(written.value);
  same(
    'what is written is read as it was',
    again.manifests.map(({ object }) => object),
    set.manifests.map(({ object }) => object),
  );
}
