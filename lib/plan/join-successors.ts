import { serverKind, type Server } from '../apiserver/update/kind';
import { create } from '../apiserver/update/update';
import type { Manifest } from '../manifest/manifest';
import { changedFields } from './changed-fields';
import type { Step } from './consequences/rule';

/** The same steps, where a new object says what it takes the place of and what differs, and an old one what takes its. */
export function joinSuccessors(
  steps: readonly Step[],
  predecessors: ReadonlyMap<Manifest, Manifest>,
  server: Server,
): Step[] {
  const successors = new Map([...predecessors].map(([now, was]) => [was, now]));
  return steps.map((step) => {
    const { effect, before, after } = step.change;
    const was = effect === 'created' && after !== undefined ? predecessors.get(after) : undefined;
    if (was !== undefined) return succeeding(step, was, server);
    const by = effect === 'deleted' && before !== undefined ? successors.get(before) : undefined;
    return by === undefined ? step : { ...step, change: { ...step.change, replacedBy: by.id } };
  });
}

function succeeding(step: Step, was: Manifest, server: Server): Step {
  const { schema } = serverKind(step.change.id.apiVersion, step.change.id.kind, server);
  const { id, object } = was;
  // Under one name, so that neither it nor labels that the server makes of it are told as changes.
  const renamed = { ...object, metadata: { ...object.metadata, name: step.change.id.name } };
  const fields = changedFields(create(renamed, server).now, step.now ?? {}, schema);
  return {
    ...step,
    change: {
      ...step.change,
      replaces: id,
      fields,
    },
  };
}
