/** A sentence in full, and with its long lists cut. */
export interface Told {
  readonly full: string;
  readonly brief: string;
}

/** Of a list that goes into a sentence, at most so many are spelled out where everything is asked for. */
const MOST_TOLD = 500;

/** Writes a sentence whose parts can be lists, or sentences with lists in them: told`${who} can get ${what}.` */
export function told(texts: TemplateStringsArray, ...parts: readonly (string | number | Told)[]): Told {
  const written = (key: keyof Told): string =>
    texts.reduce((text, next, index) => {
      const part = parts[index - 1] ?? '';
      return `${text}${typeof part === 'object' ? part[key] : part}${next}`;
    });
  return { full: written('full'), brief: written('brief') };
}

/**
 * `a`, `a and b`, `a, b and c`. In brief, of more than `most` the first ones and how many more.
 *
 * @param total how many there are, where `names` are only the first ones
 */
export function listing(names: readonly string[], most: number, total = names.length): Told {
  return { full: listed(names, MOST_TOLD, total), brief: listed(names, most, total) };
}

/** Parts with a sign between them, and before how many more there are. */
export function joined(parts: readonly (string | Told)[], most: number, sign: string): Told {
  const text = (key: keyof Told, limit: number): string => {
    const shown = parts.slice(0, limit).map((part) => (typeof part === 'string' ? part : part[key]));
    const rest = parts.length - shown.length;
    const more = sign === ' and ' ? `${rest} more` : `and ${rest} more`;
    return [...shown, ...(rest > 0 ? [more] : [])].join(sign);
  };
  return { full: text('full', MOST_TOLD), brief: text('brief', most) };
}

/**
 * `a`, `a and b`, `a, b and c`; of more than `most`, the first ones and how many more.
 *
 * @param total how many there are, where `names` are only the first ones
 */
export function listed(names: readonly string[], most: number, total = names.length): string {
  const shown = names.slice(0, most);
  const rest = total - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}
