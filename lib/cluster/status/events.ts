import type { PlainRecord } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';
import { textAt, timeAt } from '../fields';
import { oneLine } from '../lines';

/** Warnings by the uid of what they are about, the newest first. */
export class Events {
  readonly #byUid = new Map<string, KubeObject[]>();

  constructor(events: readonly KubeObject[]) {
    for (const event of [...events].sort((a, b) => timeOf(b) - timeOf(a))) {
      const uid = textAt(event, 'involvedObject', 'uid');
      const known = this.#byUid.get(uid);
      if (known === undefined) this.#byUid.set(uid, [event]);
      else known.push(event);
    }
  }

  /** The message of the newest warning about an object whose reason and message match. */
  messageOf(object: KubeObject, reason: RegExp, message = /(?:)/): string | undefined {
    const found = this.#byUid
      .get(textAt(object, 'metadata', 'uid'))
      ?.find(
        (event) =>
          isWarning(event) && reason.test(textAt(event, 'reason')) && message.test(textAt(event, 'message')),
      );
    return found && messageIn(found);
  }

  /** The newest message of each kind of warning about an object, other than that something is tried again later. */
  warningsOf(object: KubeObject): string[] {
    const newest = new Map<string, string>();
    for (const event of this.#byUid.get(textAt(object, 'metadata', 'uid')) ?? []) {
      const reason = textAt(event, 'reason');
      if (isWarning(event) && reason !== 'BackOff' && !newest.has(reason))
        newest.set(reason, messageIn(event));
    }
    return [...newest.values()];
  }
}

/** The message of an event, without what the recorder and the controllers of workloads put before it. */
function messageIn(event: KubeObject): string {
  const message = textAt(event, 'message').replace(
    /^(\(combined from similar events\): )?(Error creating: )?/,
    '',
  );
  return oneLine(message);
}

function isWarning(event: PlainRecord | KubeObject): boolean {
  return event['type'] === 'Warning';
}

function timeOf(event: KubeObject): number {
  return (
    timeAt(event, 'series', 'lastObservedTime') ??
    timeAt(event, 'lastTimestamp') ??
    timeAt(event, 'eventTime') ??
    timeAt(event, 'metadata', 'creationTimestamp') ??
    0
  );
}
