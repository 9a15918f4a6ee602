import { forEachStep } from '../rule';
import { deletedAndCreated } from '../recreation';
import { nameOf, oldSpecOf, specOf } from '../words';

export const recreated = forEachStep({
  kind: 'traffic',
  about: 'A Service is deleted and created again, with other addresses.',
  effects: ['updated'],
  objects: ['/Service'],
  look(step, _, report) {
    if (step.change.recreated === undefined) return;
    const [was, now] = [oldSpecOf(step), specOf(step)];
    const isExternal = now['type'] === 'LoadBalancer' || was['type'] === 'LoadBalancer';
    const isHeadless = was['clusterIP'] === 'None' || was['type'] === 'ExternalName';
    const addresses = [
      ...(isHeadless ? [] : ['another cluster IP']),
      ...(isExternal ? ['another load balancer with another address'] : []),
    ];
    const gets =
      addresses.length === 0 ? 'its name does not resolve in between' : `it gets ${addresses.join(' and ')}`;
    report('warning', `${nameOf(step)} is ${deletedAndCreated(step)}: connections break, and ${gets}.`);
  },
});
