import { convertApi as convert, type Outdated } from '../../convert/convert';
import { latestRelease, release } from '../../kube/schema';
import { writeFile } from '../../output/write-file';
import { counted } from '../../report/counts';
import { name as shown } from '../../report/escape/terminal';
import { readInput } from '../files/input';
import { describeReason } from '../files/reasons';
import { walk } from '../files/walk';
import type { Context } from '../terminal/context';

/** The options of `seaworthy convert-api`. */
export interface ConvertFlags {
  readonly to?: string;
  readonly check?: true;
}

/**
 * `seaworthy convert-api`: rewrites API versions that a release has removed, in YAML files.
 *
 * @returns 1 where something has to be done by hand, or with `--check` something would be changed, else 0
 * @throws SeaworthyError UNKNOWN_KUBERNETES; INPUT_UNREADABLE before any file is changed
 */
export async function convertApi(
  files: readonly string[],
  flags: ConvertFlags,
  { io, terminal }: Context,
): Promise<number> {
  const to = flags.to === undefined ? latestRelease : release(flags.to);
  const { found, skipped } = walk(files, io.cwd);
  const read = [];
  for (const { path, shown: place } of found) read.push({ path, place, text: await readInput(path, place) });
  const lines: string[] = skipped.map((each) => `${each.shown}: left alone: ${describeReason(each)}`);
  let [changed, left] = [0, 0];
  for (const { path, place, text } of read) {
    const result = convert(text, to);
    if (result.unread !== undefined) lines.push(`${place}: left alone: ${result.unread}`);
    for (const each of result.outdated) {
      lines.push(`${place}:${each.line}: ${describe(each)}`);
      if (each.todo === undefined) changed++;
      else left++;
    }
    if (result.text !== text && flags.check !== true) writeFile(path, result.text);
  }
  for (const line of lines) await terminal.print(`${shown(line)}\n`);
  const verb = flags.check === true ? 'to convert' : 'converted';
  const byHand = left === 0 ? '' : `, ${left} to change by hand`;
  terminal.say(`${counted(changed, 'object')} ${verb}${byHand} for Kubernetes ${to}`);
  return left > 0 || (flags.check === true && changed > 0) ? 1 : 0;
}

function describe({ kind, name, from, to, removed, todo }: Outdated): string {
  const target = to === undefined ? '' : ` -> ${to}`;
  const rest = todo === undefined ? '' : `, by hand: ${todo}`;
  return `${kind}${name === '' ? '' : ` ${name}`}: ${from}${target} (removed in ${removed})${rest}`;
}
