import { admit as judge } from '../../../lib/check/admit';
import type { KubernetesRelease } from '../../../lib/kube/schema';
import { definition, customResource } from '../generate/definitions';
import { object, releaseFor } from '../generate/objects';
import { twisted, TWISTS, type Twist } from '../generate/twists';
import { coded, frozen, same, sound } from '../invariants';
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
    const plain = random.chance(15)
      ? { object: customResource(random), kubernetes, crds: [definition(random)] }
      : { object: object(random, kubernetes), kubernetes, crds: [] };
    return random.chance(3)
      ? { ...plain, twist: { kind: random.pick(TWISTS), at: random.below(20) } }
      : plain;
  },
  run(input, thorough) {
    if (input.twist !== undefined) return twistedRun(input, input.twist);
    const { object, kubernetes, crds } = input;
    if (thorough) frozen([object, crds]);
    const findings = judge(object, { kubernetes, crds });
    sound(findings);
    if (thorough)
      same('a second run finds the same', judge(object, { kubernetes, crds: [...crds] }), findings);
    return [
      `${findings.length} findings`,
      ...findings.map(({ path, message }) => `  ${path}: ${message}`),
    ].join('\n');
  },
};

function twistedRun({ object, kubernetes, crds }: AdmitInput, twist: Twist): string {
  const judged = coded(
    () =>
      crds.length === 0
        ? judge(twisted(object, twist), { kubernetes })
        : judge(object, { kubernetes, crds: twisted(crds, twist) as unknown[] }),
    ['RENDER_FAILED'],
  );
  return 'code' in judged ? judged.code : `${judged.value.length} findings`;
}
