import { groupKind } from '../../../apiserver/kinds/registry';
import { forEachStep } from '../rule';
import { nameOf } from '../words';
import { CUSTOM_DATA, customDataLost } from './custom-data';

export const customDeleted = forEachStep({
  kind: 'data',
  about:
    'A database, queue, topic, storage pool or snapshot of an operator is deleted, and its data with it.',
  effects: ['deleted'],
  objects: CUSTOM_DATA.map(({ kind }) => kind),
  look(step, _, report) {
    const { before, id } = step.change;
    const goes = customDataLost(groupKind(id.apiVersion, id.kind), before?.object ?? {});
    if (goes !== undefined) report('error', `${nameOf(step)} is deleted${goes}.`);
  },
});
