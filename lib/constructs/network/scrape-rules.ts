import type { IConstruct } from 'constructs';
import type { Reporter } from '../core/problems';
import type { RulePorts } from './connection-options';
import { placeOf, podsIn } from './ends';
import type { ConnectionRule } from './referenced';

/** The rule that lets the Prometheus of the profile in; reports that the profile does not say where it is. */
export function scrapeRules(
  workload: IConstruct,
  ports: RulePorts,
  report: Reporter,
): readonly ConnectionRule[] {
  if (ports.length === 0) return [];
  const place = placeOf(workload, 'monitoring');
  if (place !== undefined) return [{ from: [podsIn(place)], ports }];
  report({
    code: 'MISSING_PROP',
    path: 'scrape',
    message:
      'Required value: policies restrict who calls its pods, and the profile of the environment does not say where its Prometheus is',
    hint: "Set `monitoring: { namespace: '…' }` in the profile.",
  });
  return [];
}
