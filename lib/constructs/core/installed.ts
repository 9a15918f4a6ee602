import type { IConstruct } from 'constructs';
import { nameOfInstalled, type Installed } from '../../profiles/installed';
import { Environment } from './environment';
import { report } from './problems';

/**
 * Reports software that `construct` needs, and that its environment does not have. A chart outside of any environment is for
 * a cluster of which nothing is known: nothing is reported.
 */
export function requireInstalled(construct: IConstruct, name: Installed): void {
  const environment = Environment.of(construct);
  if (environment === undefined || environment.has(name)) return;
  report(construct, {
    code: 'MISSING_PROP',
    path: 'installed',
    message: `Required value: the profile of environment "${environment.node.id}" does not have ${nameOfInstalled(name)}`,
    hint: `Add it to the profile: \`installed: ['${name}']\`.`,
  });
}
