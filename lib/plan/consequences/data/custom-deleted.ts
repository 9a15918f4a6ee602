import { groupKind } from '../../../apiserver/kinds/registry';
import { forEachStep } from '../rule';
import { nameOf } from '../words';
import { CUSTOM_DATA } from './custom-data';

const BY_KIND = new Map(CUSTOM_DATA.map((each) => [each.kind, each]));

export const customDeleted = forEachStep({
  kind: 'data',
  about: 'A database or topic of an operator is deleted, and its data with it.',
  effects: ['deleted'],
  objects: [...BY_KIND.keys()],
  look(step, _, report) {
    const { before, id } = step.change;
    const goes = BY_KIND.get(groupKind(id.apiVersion, id.kind))?.goes(before?.object ?? {});
    if (goes !== undefined) report('error', `${nameOf(step)} is deleted${goes}.`);
  },
});
