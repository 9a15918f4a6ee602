import { fit } from '../fit/fit';
import type { NodeSpec } from '../fit/node-spec';
import type { FitOptions } from '../fit/options';
import { stillPending, type Fit } from '../fit/result';
import { formatId } from '../manifest/manifest';
import { inert, visible } from '../text';
import type { Source, Verdict } from './assertions';
import { Manifests } from './manifests';

/**
 * Whether every pod finds a node; with `drain`, whether each of these nodes can be drained, and with `during`, whether each
 * rollout comes to its end.
 *
 * @throws SeaworthyError as `fit` does
 */
export function findsRoom(source: Source, nodes: readonly NodeSpec[], options: FitOptions = {}): Verdict {
  const { set } = Manifests.from(source);
  const { environments } = set;
  const sets =
    environments.length < 2
      ? [{ set, place: '' }]
      : environments.map((name) => ({ set: set.in(name), place: `${name}: ` }));
  const lines = sets.flatMap(({ set: own, place }) =>
    troublesOf(fit(own, nodes, options)).map((line) => `  ${visible(place)}${visible(line)}`),
  );
  if (lines.length === 0) return { pass: true, message: 'every pod finds a node' };
  return { pass: false, message: inert(`not everything fits:\n${[...new Set(lines)].join('\n')}`) };
}

function troublesOf(found: Fit): string[] {
  const { rollouts, drains = [] } = found;
  const rolling = new Set(rollouts?.map(({ workload }) => formatId(workload)));
  const waiting = (rollouts === undefined ? stillPending(found) : found.pending).filter(
    ({ workload }) => !rolling.has(formatId(workload)),
  );
  return [
    ...waiting.map(({ pod, message = '' }) => `${formatId(pod)} stays pending: ${message}`),
    ...(rollouts ?? [])
      .filter(({ isStuck }) => isStuck)
      .map(({ workload, message = '' }) => `the rollout of ${formatId(workload)} gets stuck: ${message}`),
    ...drains.flatMap(({ node, blocked, homeless }) => [
      ...blocked.map(({ pod, message }) => `${formatId(pod)} keeps ${node} from being drained: ${message}`),
      ...homeless.map(
        ({ pod, message }) => `${formatId(pod)} finds no new node when ${node} is drained: ${message}`,
      ),
    ]),
  ];
}
