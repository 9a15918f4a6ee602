import { InvalidArgumentError, Option } from 'commander';
import { DELETE_FORMATS } from '../../report/delete/formats';
import type { DeleteFlags } from '../delete/delete';
import { applicationOptions } from '../options/application';
import { choice, repeated, valued } from '../options/kinds';
import type { Command } from './command';

/** Milliseconds of a unit of time. */
const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

export const deleteCommand: Command<DeleteFlags> = {
  name: 'delete',
  description: 'deletes the objects of an application from a cluster, and waits until they are gone',
  options: [
    ...applicationOptions(),
    new Option('-y, --yes', 'delete without asking'),
    repeated(
      '--allow-data-loss <object>',
      'let go of an object that holds data, such as PersistentVolumeClaim/data (repeatable)',
    ),
    valued('--timeout <time>', 'time limit of the objects of one step, such as 10m (default: 5m)', readTime),
    choice(
      '-o, --output <format>',
      'format of the result',
      DELETE_FORMATS.map(({ name }) => name),
    ),
  ],
  notes: `
Objects go in the reverse order of applying. What holds data stays unless it is named, and so does what an annotation keeps. Interrupted, it can be run again, and goes on. With a credential plugin, OIDC or a proxy, it needs the package @kubernetes/client-node.
Exit codes: 0 deleted, 1 something is not gone, or not confirmed, 2 usage, no such application, or no cluster.`,
  examples: [
    'seaworthy delete --name shop',
    'seaworthy delete --name shop --yes --allow-data-loss PersistentVolumeClaim/data',
  ],
  run: async (_args, flags, context) => (await import('../delete/delete')).deleteApp(flags, context),
};

function readTime(text: string): number {
  const [, count = '', unit = ''] = /^([1-9]\d{0,5})([smh])$/.exec(text) ?? [];
  const scale = UNITS[unit];
  if (scale === undefined) throw new InvalidArgumentError('For example: 90s, 10m or 1h.');
  return Number(count) * scale;
}
