import { create } from '../../apiserver/update/update';
import type { Manifest } from '../../manifest/manifest';
import type { Step } from '../consequences/rule';
import { podSecurityErrors } from '../pod-security';
import { methodOf, type World } from '../world';
import { describedUpdate } from './described';

/** An object that is not there yet. */
export function created(after: Manifest, world: World): Step {
  const fresh = create(after.object, world.server, methodOf(after.object, world));
  const made = { ...fresh, violations: [...fresh.violations, ...podSecurityErrors(after, world.after)] };
  return { change: describedUpdate('created', made, { after }, world), now: made.now };
}
