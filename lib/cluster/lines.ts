import { textAt } from './fields';

/** A message in one line: the kubelet's have several. */
export function oneLine(message: string): string {
  return message.trim().replace(/\s*\n\s*/g, '; ');
}

/** `BackoffLimitExceeded: Job has reached the specified backoff limit`, or what of it there is. */
export function reasonLine(reason: string, message: string): string {
  return [reason, oneLine(message)].filter((part) => part !== '').join(': ');
}

/** Why a condition is as it is, in one line. */
export function conditionLine(condition: unknown): string {
  return reasonLine(textAt(condition, 'reason'), textAt(condition, 'message'));
}
