import type { FieldError } from '../../apiserver/admission/review';
import { create } from '../../apiserver/update/update';
import type { Manifest } from '../../manifest/manifest';
import type { Step } from '../consequences/rule';
import { podSecurityErrors } from '../pod-security';
import { quotaErrors } from '../quota-errors';
import { methodOf, type World } from '../world';
import { describedUpdate } from './described';

/** An object that is not there yet. */
export function created(after: Manifest, world: World): Step {
  const fresh = create(after.object, world.server, methodOf(after.object, world));
  const errors = fresh.violations.length > 0 ? fresh.violations : world.policies.errors(fresh);
  const made = { ...fresh, violations: [...errors, ...podErrors(after, world)] };
  return { change: describedUpdate('created', made, { after }, world), now: made.now };
}

/** Why a new Pod is not let in: quotas are asked last. */
function podErrors(manifest: Manifest, { before, after }: World): readonly FieldError[] {
  const errors = podSecurityErrors(manifest, after);
  return errors.length > 0 ? errors : quotaErrors(manifest, before, after);
}
