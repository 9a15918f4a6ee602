import type { FeatureGates } from '../../kube/feature-gates';
import { gateHint } from '../../kube/gate-hint';
import type { Gate } from '../../kube/gates';
import type { Reporter } from './problems';

/** Reports a prop of a feature that is off: the API server would drop what it renders, or refuse it. */
export function needsGate(
  gate: Gate,
  { kubernetes, isOn }: FeatureGates,
  { path, instead }: { readonly path: string; readonly instead: string },
  report: Reporter,
): void {
  if (isOn(gate)) return;
  const message = `Forbidden: feature gate ${gate} is off in Kubernetes ${kubernetes}`;
  report({ code: 'INVALID_PROP', path, message, hint: `${instead} ${gateHint(gate, kubernetes)}` });
}
