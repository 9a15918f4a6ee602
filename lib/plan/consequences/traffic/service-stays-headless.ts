import { isHeadless } from '../../../apiserver/kinds/service-facts';
import { recordIn } from '../../../apiserver/defaults/plain';
import { forEachStep } from '../rule';
import { nameOf, specOf } from '../words';

export const serviceStaysHeadless = forEachStep({
  kind: 'traffic',
  about: 'A Service stays headless although its manifest no longer says so.',
  effects: ['none', 'updated'],
  objects: ['/Service'],
  look(step, _, report) {
    const { after } = step.change;
    if (step.was === undefined || after === undefined || !isHeadless(specOf(step))) return;
    if (isHeadless(recordIn(after.object, 'spec') ?? {})) return;
    report(
      'warning',
      `${nameOf(step)} stays headless: the API server keeps clusterIP: None when the field goes. To get a cluster IP, delete the Service and apply it again.`,
    );
  },
});
