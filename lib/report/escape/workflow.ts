import { writtenOut } from '../../text';

/**
 * Where a line of a log would be a command: `::` behind blanks and colours at its beginning (GitHub Actions), and
 * anywhere in it `##[` (the old form of GitHub Actions), `##vso[` (Azure Pipelines) and `##teamcity[`.
 *
 * Source: actions/runner, src/Runner.Common/ActionCommand.cs: TryParseV2 trims the line first, TryParse searches it.
 */
const COMMAND = /:(?=:)(?<=^(?:[^\S\n]|\u001b\[[\d;]*m)*:)|#(?=#\w*\[)/gmu;

/** `lines` of a log without a command: the character that would begin one is written out. */
export function inert(lines: string, write: (character: string) => string = writtenOut): string {
  return lines.replace(COMMAND, write);
}

/** The data of a workflow command. Source: actions/toolkit, packages/core/src/command.ts. */
export function commandData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** A property of a workflow command. */
export function commandProperty(text: string): string {
  return commandData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
