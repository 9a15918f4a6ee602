import { join } from 'node:path';
import { fleet } from '../fleet';
import type { Command, Cost } from '../measure';
import { emptyFolder, interleave, sized, timeProcess } from '../measure';
import { bench } from './goal';
import { against } from './ratio';

const OBJECTS = 3 * sized(3000);
const FLEET = '9,000 like objects, against `helm template` of the same';

/** Synth beside Helm, which checks nothing. */
export const synth = bench({
  name: 'synth',
  goals: {
    plain: { what: `\`seaworthy synth --no-check\` of ${FLEET}`, unit: 'times', limit: 0.8 },
    first: {
      what: `\`seaworthy synth\` of ${FLEET}, with nothing kept from before`,
      unit: 'times',
      limit: 1.3,
    },
    changed: {
      what: `\`seaworthy synth\` of ${FLEET}, one of which has changed since the last run`,
      unit: 'times',
      limit: 1,
    },
  },
  measure: (rounds) => {
    const { helm, synth: command } = fleet(OBJECTS);
    const caches = { first: emptyFolder('synth/first'), changed: emptyFolder('synth/changed') };
    let image = 0;
    const run = (name: string, cache: string, ...options: string[]): Cost => {
      const output = join(emptyFolder('synth/output'), name);
      const { env, ...given }: Command = command(...options, '--output', output);
      const changed = String((image += 1));
      return timeProcess({ ...given, env: { ...env, XDG_CACHE_HOME: cache, FLEET_IMAGE: changed } });
    };
    run('changed', caches.changed);
    const costs = interleave<'helm' | 'plain' | 'first' | 'changed', Cost>(rounds, {
      helm: () => timeProcess(helm()),
      plain: () => run('plain', caches.changed, '--no-check'),
      first: () => run('first', emptyFolder('synth/first')),
      changed: () => run('changed', caches.changed),
    });
    return {
      plain: against(costs.plain, costs.helm),
      first: against(costs.first, costs.helm),
      changed: against(costs.changed, costs.helm),
    };
  },
});
