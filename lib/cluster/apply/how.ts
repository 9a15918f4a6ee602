import type { ObjectId } from '../../manifest/manifest';
import { namedBy, refuseUnknownNames } from './named';
import { refuseUnknownFields, takenBy } from './named-fields';
import type { Target } from './targets';
import type { ApplyOptions, FieldConflict } from './types';

/** What the options say of single objects. */
export interface How {
  readonly isRecreated: (id: ObjectId) => boolean;
  readonly mayLose: (id: ObjectId) => boolean;
  readonly mayTake: (conflict: FieldConflict) => boolean;
  /** Whether the server tries each new object, also of those that are alike. */
  readonly triesAll: boolean;
  /** Whether objects are waited for that nothing builds on. */
  readonly waits: boolean;
  readonly timeout: number | undefined;
  readonly timeoutOf: (id: ObjectId) => number | undefined;
}

/** @throws SeaworthyError USAGE for what names no object of the application */
export function howToApply(options: ApplyOptions, targets: readonly Target[]): How {
  const { recreate = [], takeOwnership = [], allowDataLoss = [], wait } = options;
  const { timeout, timeouts = {} } = wait === false || wait === undefined ? {} : wait;
  const ids = targets.map(({ manifest }) => manifest.id);
  refuseUnknownNames(recreate, 'recreate', ids);
  refuseUnknownNames(Object.keys(timeouts), 'wait.timeouts', ids);
  refuseUnknownFields(
    takeOwnership,
    'takeOwnership',
    targets.map(({ manifest }) => manifest),
  );
  const takes = takenBy(takeOwnership, 'takeOwnership');
  const limits = Object.entries(timeouts).map(
    ([name, limit]) => [namedBy([name], 'wait.timeouts'), limit] as const,
  );
  return {
    isRecreated: namedBy(recreate, 'recreate'),
    mayLose: namedBy(allowDataLoss, 'allowDataLoss'),
    mayTake: ({ id, path }) => takes(id, path),
    triesAll: options.tryAll === true,
    waits: wait !== false,
    timeout,
    timeoutOf: (id) => limits.find(([matches]) => matches(id))?.[1],
  };
}
