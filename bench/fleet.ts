/** The fleet of WebServices, as Helm renders it, our app, and the command line on our app. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { binary } from './binaries';
import { emptyFolder, ROOT, subject, type Command } from './measure';
import { services } from './subjects/services';

/** Ways to render the same objects. */
export interface Fleet {
  readonly helm: (...options: string[]) => Command;
  /** Our app by itself. */
  readonly app: (...options: string[]) => Command;
  /** `seaworthy synth` of our app. */
  readonly synth: (...options: string[]) => Command;
}

/** @param objects three a service */
export function fleet(objects: number): Fleet {
  const folder = emptyFolder('fleet');
  const values = join(folder, 'values.yaml');
  writeFileSync(values, stringify({ services: services(objects / 3) }));
  const app = (...options: string[]): Command =>
    subject('fleet.js', objects, join(folder, 'app'), ...options);
  return {
    helm: (...options) => ({
      program: binary('helm'),
      args: ['template', 'fleet', join(ROOT, 'bench', 'fleet-chart'), '--values', values, ...options],
      // Plugins and caches of whoever runs this stay out of it.
      env: { HELM_CONFIG_HOME: folder, HELM_CACHE_HOME: folder, HELM_DATA_HOME: folder },
    }),
    app,
    synth: (...options) => {
      const run = ['synth', '--app', ['node', ...app().args].join(' '), ...options];
      return { program: process.execPath, args: [join(ROOT, 'bin', 'seaworthy.js'), ...run], cwd: folder };
    },
  };
}
