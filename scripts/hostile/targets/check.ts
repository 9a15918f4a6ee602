import { check as judge } from '../../../lib/check/check';
import { PRESETS, type Preset } from '../../../lib/check/settings';
import type { KubernetesRelease } from '../../../lib/kube/schema';
import { ManifestSet } from '../../../lib/manifest/set';
import { releaseFor } from '../generate/objects';
import { objects } from '../generate/sets';
import { twisted, TWISTS, type Twist } from '../generate/twists';
import { coded, frozen, same, sound } from '../invariants';
import type { Target } from '../target';

export type CheckInput = {
  readonly objects: readonly unknown[];
  readonly kubernetes: KubernetesRelease;
  readonly preset: Preset;
  readonly twist?: Twist;
};

/** Checks a set of objects: the same set has the same findings. */
export const check: Target<CheckInput> = {
  name: 'check',
  weight: 12,
  shrinks: ['objects'],
  make(random) {
    const kubernetes = releaseFor(random);
    const plain = { objects: objects(random, kubernetes), kubernetes, preset: random.pick(PRESETS) };
    return plain.objects.length > 0 && random.chance(2)
      ? { ...plain, twist: { kind: random.pick(TWISTS), at: random.below(20) } }
      : plain;
  },
  run({ objects: plain, kubernetes, preset, twist }, thorough) {
    const values = twist === undefined ? plain : twisted([...plain], twist);
    const read = coded(() => ManifestSet.of(values as unknown[]), ['NOT_AN_OBJECT', 'RENDER_FAILED']);
    if ('code' in read) return read.code;
    const set = read.value;
    if (thorough && twist === undefined) for (const { object } of set) frozen(object);
    const findings = judge(set, { kubernetes, preset });
    sound(findings);
    if (thorough && twist === undefined)
      same('a second run finds the same', judge(ManifestSet.of(plain), { kubernetes, preset }), findings);
    return `${findings.length} findings`;
  },
};
