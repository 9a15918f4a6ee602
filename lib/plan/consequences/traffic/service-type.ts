import { forEachStep } from '../rule';
import { nameOf, oldSpecOf, specOf } from '../words';

export const serviceType = forEachStep({
  kind: 'traffic',
  about: 'A Service changes its type, and with it the addresses that it has.',
  effects: ['updated'],
  objects: ['/Service'],
  look(step, _, report) {
    if (step.was === undefined) return;
    const [old, type] = [oldSpecOf(step), specOf(step)].map((spec) => String(spec['type']));
    if (type === old) return;
    const name = nameOf(step);
    if (old === 'LoadBalancer')
      report('warning', `${name} loses its load balancer and its address: its type becomes ${type}.`);
    else if (old === 'NodePort' && type !== 'LoadBalancer')
      report('warning', `${name} loses its node ports: its type becomes ${type}.`);
    if (type === 'ExternalName') {
      const host = String(specOf(step)['externalName']);
      report('warning', `${name} loses its cluster IP and becomes an alias of ${host}.`);
    }
    if (type === 'LoadBalancer')
      report('info', `${name} gets a load balancer and can be reached from outside the cluster.`);
    if (type === 'NodePort' && old !== 'LoadBalancer')
      report('info', `${name} gets node ports and can be reached at every node from outside the cluster.`);
  },
});
