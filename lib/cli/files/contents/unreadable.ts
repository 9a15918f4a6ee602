import type { Problem } from '../../../errors';
import { parseSource } from '../../../manifest/source';
import type { BrokenText } from '../../../manifest/yaml/parse';
import { readStream } from '../../../manifest/yaml/parse';
import type { Other } from './document';
import { shapeOfText } from './shape';

const ACTION = /\{\{[^]*?\}\}|\{%[^]*?%\}|<%[^]*?%>/g;

/**
 * Why a part of a file that cannot be read is skipped: it is a template, or nothing that is meant to be an object. Nothing
 * for an object with a mistake.
 */
export function otherThanManifest(broken: BrokenText, file: string): Other | undefined {
  const { text } = broken;
  if (isTemplate(broken)) return { why: 'unrendered' };
  if (looksLikeObject(text)) return undefined;
  if (text.includes('\0')) return { why: 'binary' };
  const why = shapeOfText(file, text);
  return why === 'other' ? { why, reason: 'not valid YAML, and no Kubernetes object' } : { why };
}

/** A key of the top level, as an object has it. */
export function looksLikeObject(text: string): boolean {
  return (
    /(?:^|[{,])[ \t]*["']?apiVersion["']?[ \t]*:/m.test(text) ||
    /^["']?kind["']?[ \t]*:[ \t]*["']?[A-Z]/m.test(text)
  );
}

/** Whether text cannot be read because of its actions: without them it can, or the mistake is at one. */
function isTemplate({ text, line, problems }: BrokenText): boolean {
  if (!/\{\{|\{%|<%/.test(text)) return false;
  if (readStream(withoutActions(text)).broken.length === 0) return true;
  return problems.some((problem) => isAtAction(text, lineOf(problem) - line));
}

/** `text` as it might be rendered: without lines of actions alone, and with a word for each other action. */
function withoutActions(text: string): string {
  const only = /^[ \t]*(?:\{\{[^]*?\}\}|\{%[^]*?%\}|<%[^]*?%>)[ \t]*$/gm;
  return text.replace(only, '').replace(ACTION, 'x');
}

function lineOf({ source }: Problem): number {
  return parseSource(source)?.line ?? 0;
}

/** Whether there is an action on a line, or on one beside it. */
function isAtAction(text: string, index: number): boolean {
  const lines = text.split('\n').slice(Math.max(0, index - 1), index + 2);
  return lines.some((each) => /\{\{|\{%|<%/.test(each));
}
