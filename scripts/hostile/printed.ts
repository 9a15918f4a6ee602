/** What must be true of a report in any format, whatever stands in the objects. */
import { Broken } from './target';

/** No set of a few small objects needs more. */
const LONGEST = 1_000_000;

/** Characters that move the cursor, change colours or break lines where a reader does not expect it. */
const CONTROL = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]/;

/** Checks a report and returns its length. */
export function printed(format: string, text: string): number {
  const broken = (rule: string, detail: string): Broken => new Broken(`${format} ${rule}`, detail);
  if (text.length > LONGEST) throw broken('has a bound', `${text.length} characters`);
  if (text !== '' && !text.endsWith('\n')) throw broken('ends in a line break', text.slice(-100));
  const control = CONTROL.exec(text);
  if (control !== null)
    throw broken(
      'has no control characters',
      JSON.stringify(text.slice(Math.max(0, control.index - 100), control.index + 20)),
    );
  if (format === 'json' || format === 'sarif') JSON.parse(text);
  if (format === 'junit') {
    const fault = faultInXml(text);
    if (fault !== undefined) throw broken('is well formed', fault);
  }
  if (format === 'markdown' && text.length > 60_000)
    throw broken('fits a comment', `${text.length} characters`);
  if (format === 'text' || format === 'markdown') {
    const command = /^\s*(::|##\[).*/m.exec(text);
    if (command !== null) throw broken('has no workflow command', command[0]);
  }
  if (format === 'github') {
    const other = text
      .split('\n')
      .find((line) => line !== '' && !/^::(error|warning|notice|group|endgroup)\b/.test(line));
    if (other !== undefined) throw broken('has its own commands only', other);
  }
  return text.length;
}

const TAG = /<(?:\?xml [^<>]*\?|(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?))>/y;
const TEXT = /(?:[^<&]|&(?:lt|gt|amp|quot|apos|#\d+|#x[0-9a-fA-F]+);)*/y;
const NOT_XML =
  /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|&(?!(?:lt|gt|amp|quot|apos|#\d+|#x[0-9a-fA-F]+);)|&#(?:x0|0|x[dD][89a-fA-F])/u;

/** Why `text` is no XML: open tags, raw `<` or `&`, characters that XML does not allow. */
export function faultInXml(text: string): string | undefined {
  const character = NOT_XML.exec(text);
  if (character !== null)
    return `${JSON.stringify(character[0])} in ${text.slice(character.index - 40, character.index + 20)}`;
  const open: string[] = [];
  for (let at = 0; at < text.length;) {
    TEXT.lastIndex = at;
    TEXT.exec(text);
    at = TEXT.lastIndex;
    if (at === text.length) break;
    TAG.lastIndex = at;
    const tag = TAG.exec(text);
    if (tag === null) return `no tag at ${text.slice(at, at + 80)}`;
    const [, end, name = '', , empty] = tag;
    if (end === '/' && open.pop() !== name) return `</${name}> closes another tag`;
    if (end === '' && empty === '') open.push(name);
    at = TAG.lastIndex;
  }
  return open.length === 0 ? undefined : `<${open.join('><')}> stays open`;
}
