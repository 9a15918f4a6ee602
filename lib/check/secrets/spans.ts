import { assignedSpans, type Form } from './assigned';
import { credentialSpans } from './credentials';
import type { Span } from './span';
import { addressSpans, tokenSpans } from './tokens';

/** The secrets in a text, and what may be one, in no order; they may overlap. */
export function secretSpans(text: string, form: Form = 'data'): Span[] {
  // A word, such as most values: shorter than any token, and with nothing that follows a name.
  if (text.length < 6 || (text.length < 20 && !/[\s:=$<]/.test(text))) return [];
  return [
    ...tokenSpans(text),
    ...addressSpans(text),
    ...credentialSpans(text),
    ...assignedSpans(text, form),
    ...(form === 'data' ? manifestSpans(text) : []),
  ];
}

const SECRET =
  /^[ \t]*(?:-[ \t]+)?\{?[ \t]*["']?kind["']?[ \t]*:[ \t]*["']?Secret["']?[ \t]*(?:[,#}]|$)|"kind"\s*:\s*"Secret"/m;

/** Manifests of Secrets in a text, as in the values of a chart. */
function manifestSpans(text: string): Span[] {
  if (!text.includes('Secret') || !SECRET.test(text)) return [];
  let start = 0;
  return text.split(/^---/m).flatMap((document): Span[] => {
    const span = { start, end: start + document.length, what: 'a Secret', isCertain: false };
    start += document.length + '---'.length;
    return SECRET.test(document) ? [span] : [];
  });
}

/** What stands for a secret. */
export const HIDDEN = '(hidden)';

/** `text` with `(hidden)` for each of the spans. */
export function hide(text: string, spans: readonly Pick<Span, 'start' | 'end'>[]): string {
  let [shown, end] = ['', 0];
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.end <= end) continue;
    // Those that overlap are one.
    if (span.start > end || end === 0) shown += text.slice(end, span.start) + HIDDEN;
    end = span.end;
  }
  return shown + text.slice(end);
}
