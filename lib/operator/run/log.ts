/** How important a line of the log is. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/** What a line of the log says beside its message. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes lines of a log. */
export interface Logger {
  log(level: LogLevel, message: string, fields?: LogFields): void;
}

/**
 * A log of one JSON object a line: `time` as RFC 3339, `level`, `message`, and the fields.
 *
 * @param least the level from which on lines are written
 */
export function jsonLog(write: (line: string) => void, now: () => number, least: LogLevel = 'info'): Logger {
  const from = LEVELS.indexOf(least);
  return {
    log: (level, message, fields = {}) => {
      if (LEVELS.indexOf(level) < from) return;
      write(`${JSON.stringify({ time: new Date(now()).toISOString(), level, message, ...fields })}\n`);
    },
  };
}
