import { apply } from './apply';
import { check } from './check';
import type { Command } from './command';
import { completion } from './completion';
import { convertApi } from './convert-api';
import { deleteCommand } from './delete';
import { diff } from './diff';
import { environments, revisions } from './environments';
import { fit } from './fit';
import { graph } from './graph';
import { history } from './history';
import { images } from './images';
import { init } from './init';
import { list } from './list';
import { operator } from './operator';
import { plan } from './plan';
import { promote } from './promote';
import { report } from './report';
import { rollback } from './rollback';
import { snapshot } from './snapshot';
import { status } from './status';
import { synth } from './synth';
import { upgrade } from './upgrade';

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  synth,
  check,
  plan,
  diff,
  promote,
  fit,
  upgrade,
  graph,
  report,
  apply,
  history,
  rollback,
  deleteCommand,
  snapshot,
  status,
  list,
  images,
  convertApi,
  operator,
  init,
  completion,
  environments,
  revisions,
];
