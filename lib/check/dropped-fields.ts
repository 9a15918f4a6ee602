import { effectOf } from '../apiserver/dropped-effects';
import type { DroppedField } from '../apiserver/gated-fields';
import { gateHint } from '../kube/gate-hint';
import type { Gate } from '../kube/gates';
import type { KubernetesRelease } from '../kube/schema';
import type { ObjectId } from '../manifest/manifest';
import type { Finding } from './finding';

/** The rule of what the API server drops of an object that it accepts. */
export const DROPPED = 'admission/dropped-field';

/** The dropped fields of an object as findings; none for those that mean the same without them. */
export function droppedFindings(
  id: ObjectId,
  dropped: readonly DroppedField[],
  kubernetes: KubernetesRelease,
): Finding[] {
  return dropped.flatMap((each) => {
    const effect = effectOf(each);
    // What is written into a status is not used on create.
    if (effect === undefined || each.path.startsWith('status')) return [];
    const message = `Kubernetes ${kubernetes} drops it: ${reasonOf(each.gates)}; ${effect.then}`;
    const hint = [effect.instead, ...each.gates.map((gate) => gateHint(gate, kubernetes))];
    return [
      {
        rule: DROPPED,
        severity: effect.severity,
        id,
        path: each.path,
        message,
        hint: hint.filter((part) => part !== undefined).join(' '),
      },
    ];
  });
}

function reasonOf(gates: readonly Gate[]): string {
  if (gates.length === 0) return 'its feature was removed';
  return `feature gate ${gates.join(' and ')} is off`;
}
