import { Option } from 'commander';
import { repeated } from '../options/kinds';
import { readLimit } from './limits';

/** The options by which objects are written and waited for, whatever they come from. @param kept what `--no-prune` keeps */
export function writingOptions(kept: string): Option[] {
  return [
    repeated(
      '--take-ownership <field>',
      'take a field over from another manager, such as Deployment/web:spec.replicas (repeatable)',
    ),
    repeated(
      '--recreate <object>',
      'delete and create again what cannot be changed, such as Job/load (repeatable)',
    ),
    repeated(
      '--allow-data-loss <object>',
      'let go of an object that holds data, such as PersistentVolumeClaim/data (repeatable)',
    ),
    new Option('--try-all', 'have the server try each new object in a dry run, also those that are alike'),
    new Option('--no-prune', `keep objects that ${kept}`),
    repeated(
      '--timeout <time>',
      'time limit of each object, or of one, such as 5m or Deployment/web=10m (default: 5m; repeatable)',
      readLimit,
    ),
    new Option('--no-wait', 'do not wait until objects are ready'),
  ];
}
