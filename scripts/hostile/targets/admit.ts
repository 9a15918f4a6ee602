import { admit as judge } from '../../../lib/check/admit';
import type { KubernetesRelease } from '../../../lib/kube/schema';
import { definition, customResource } from '../generate/definitions';
import { object, releaseFor } from '../generate/objects';
import { twisted, TWISTS, type Twist } from '../generate/twists';
import { frozen, same, sound } from '../invariants';
import type { Target } from '../target';

export type AdmitInput = {
  readonly object: unknown;
  readonly kubernetes: KubernetesRelease;
  readonly crds: readonly unknown[];
  /** What no parser returns, and a program may pass: a getter that throws, a cycle. */
  readonly twist?: Twist;
};

/** Judges one object: there are findings or none, and the object stays as it was. */
export const admit: Target<AdmitInput> = {
  name: 'admit',
  weight: 36,
  shrinks: ['object', 'crds'],
  make(random) {
    const kubernetes = releaseFor(random);
    if (random.chance(12)) return { object: customResource(random), kubernetes, crds: [definition(random)] };
    const plain = { object: object(random, kubernetes), kubernetes, crds: [] };
    return random.chance(3)
      ? { ...plain, twist: { kind: random.pick(TWISTS), at: random.below(20) } }
      : plain;
  },
  run({ object: plain, kubernetes, crds, twist }, thorough) {
    const value = twist === undefined ? plain : twisted(plain, twist);
    if (thorough && twist === undefined) frozen([value, crds]);
    const findings = judge(value, { kubernetes, crds });
    if (twist === undefined) sound(findings);
    if (thorough)
      same('a second run finds the same', judge(value, { kubernetes, crds: [...crds] }), findings);
    return `${findings.length} findings${findings
      .map(({ path, message }) => `\n  ${path}: ${message}`)
      .join('')
      .slice(0, 2000)}`;
  },
};
