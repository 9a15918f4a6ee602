import { mkdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { copies, writeCopies } from '../copies';
import { builtIn, kubeconform, kubeconformBinary, writeSchemas } from '../kubeconform';
import type { Cost } from '../measure';
import { CACHE, emptyFolder, interleave, ROOT, sized, timeProcess } from '../measure';
import { bench } from './goal';
import { against } from './ratio';

const OBJECTS = sized(10_000);
const FLEET = '10,000 objects from files, all rules, against kubeconform on all cores';

/** Check beside kubeconform, which looks at types and fields of one object at a time. */
export const check = bench({
  name: 'check',
  goals: {
    cold: {
      what: `\`seaworthy check\` of ${FLEET}, with nothing kept from before`,
      unit: 'times',
      limit: 1,
    },
    kept: {
      what: `\`seaworthy check\` of ${FLEET}, with the verdicts kept of an earlier run`,
      unit: 'times',
      limit: 0.2,
    },
  },
  measure: (rounds) => {
    const binary = kubeconformBinary();
    if (binary === undefined) return {};
    const apps = copies(OBJECTS);
    const files = emptyFolder('goals/check');
    const schemas = emptyFolder('goals/schemas');
    // What is missing is looked for in the other files of a repository, and those of this one have nothing to do with the fleet.
    mkdirSync(join(files, '.git'));
    writeCopies(files, apps);
    writeSchemas(schemas, builtIn(apps[0] ?? []));
    const seaworthy = (cache: string): Cost =>
      timeProcess({
        program: process.execPath,
        args: [join(ROOT, 'bin', 'seaworthy.js'), 'check', files],
        cwd: files,
        env: { XDG_CACHE_HOME: cache },
      });
    const kept = emptyFolder('goals/kept');
    seaworthy(kept);
    const costs = interleave<'kubeconform' | 'cold' | 'kept', Cost>(rounds, {
      kubeconform: () => timeProcess(kubeconform(binary, schemas, files, cpus().length)),
      cold: () => seaworthy(emptyFolder('goals/cold')),
      kept: () => seaworthy(join(CACHE, 'goals', 'kept')),
    });
    return {
      cold: against(costs.cold, costs.kubeconform),
      kept: against(costs.kept, costs.kubeconform),
    };
  },
});
