import type { KubernetesRelease } from '../../../lib/kube/schema';
import { ManifestSet } from '../../../lib/manifest/set';
import { plan as compare } from '../../../lib/plan/plan';
import { releaseFor } from '../generate/objects';
import { after, objects } from '../generate/sets';
import { coded, frozen, same, sound } from '../invariants';
import { Broken, type Target } from '../target';

export type PlanInput = {
  readonly before: readonly unknown[];
  readonly after: readonly unknown[];
  readonly kubernetes: KubernetesRelease;
};

/** Plans a change: the same change has the same plan, and what stays as it is does not change. */
export const plan: Target<PlanInput> = {
  name: 'plan',
  weight: 10,
  shrinks: ['before', 'after'],
  make(random) {
    const kubernetes = releaseFor(random);
    const before = objects(random, kubernetes);
    return { before, after: after(before, random, kubernetes), kubernetes };
  },
  run({ before, after, kubernetes }, thorough) {
    const read = coded(
      () => [ManifestSet.of(before), ManifestSet.of(after)] as const,
      ['NOT_AN_OBJECT', 'RENDER_FAILED'],
    );
    if ('code' in read) return read.code;
    const [old, now] = read.value;
    if (thorough) for (const { object } of [...old, ...now]) frozen(object);
    const planned = coded(() => compare(old, now, { kubernetes }), ['DUPLICATE_IDENTITY']);
    if ('code' in planned) return planned.code;
    const { changes } = planned.value;
    sound(changes.flatMap(({ reasons = [] }) => reasons));
    if (
      changes.some(({ consequences }) =>
        consequences.some(({ message }) => typeof message !== 'string' || message === ''),
      )
    )
      throw new Broken('a consequence has a message', '');
    if (thorough) {
      same('a second plan is the same', compare(old, now, { kubernetes }), planned.value);
      // What a release or a definition no longer serves is rejected unchanged, and a generated name is a new one.
      const still = compare(old, ManifestSet.of(before), { kubernetes }).changes.find(
        (change) => change.before !== undefined && !['none', 'rejected'].includes(change.effect),
      );
      if (still !== undefined)
        throw new Broken('what stays does not change', `${still.effect} ${JSON.stringify(still.id)}`);
    }
    return changes.map(({ effect }) => effect).join(' ');
  },
};
