import type { Problem } from '../../../errors';
import { parseSource } from '../../../manifest/source';
import type { BrokenText } from '../../../manifest/yaml/parse';
import { readStream } from '../../../manifest/yaml/parse';
import { actionsIn, withoutActions } from './actions';
import type { Other } from './document';
import { shapeOfText } from './shape';

/** What programs like envsubst and sed put in. */
const VARIABLE = /\$\{[^{}\n]*\}|\{[A-Za-z_][\w-]*\}|@[A-Z][A-Z0-9_]*@|%[A-Z][A-Z0-9_]*%/g;

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

/** Whether text cannot be read because of its actions and variables: without them it can, or the mistake is at an action. */
function isTemplate({ text, line, problems }: BrokenText): boolean {
  const actions = actionsIn(text);
  const hasActions = actions.length > 0;
  if (!hasActions && text.search(VARIABLE) < 0) return false;
  const rendered = withoutActions(text, actions).replace(VARIABLE, 'x');
  if (readStream(rendered).broken.length === 0) return true;
  if (!hasActions) return false;
  return problems.some((problem) => isAtAction(text, lineOf(problem) - line));
}

/**
 * Whether a text is a template of ytt, which is YAML with code in its comments.
 *
 * Source: the reference of annotations of carvel.dev/ytt.
 */
export function isYtt(text: string): boolean {
  return (
    text.includes('#@') &&
    /^[ \t]*#@(?:(?:data|overlay|schema|yaml|library)\/[a-z]|[ \t](?:load\(|def |if |for |end\b))|^[ \t]*(?:- )?[\w."'/-]+:[ \t]+#@[ \t]\S/m.test(
      text,
    )
  );
}

function lineOf({ source }: Problem): number {
  return parseSource(source)?.line ?? 0;
}

/** Whether there is an action on a line, or on one beside it. */
function isAtAction(text: string, index: number): boolean {
  const lines = text.split('\n').slice(Math.max(0, index - 1), index + 2);
  return lines.some((each) => /\{\{|\{[%#]|<%|\[\[/.test(each));
}
