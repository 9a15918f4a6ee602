/**
 * `of`, which keeps its results: the manifests of a fleet repeat a few texts thousands of times. What it keeps is bounded,
 * so that a process that checks all day does not grow; it starts over when `most` texts are kept.
 *
 * @param of a pure function of a text, whose results nobody changes
 */
export function remembered<T>(of: (text: string) => T, most = 4096): (text: string) => T {
  const known = new Map<string, { readonly result: T }>();
  return (text) => {
    // A text of a megabyte is no longer like any other, and would not be let go of.
    if (text.length > LONGEST) return of(text);
    let found = known.get(text);
    if (found === undefined) {
      if (known.size >= most) known.clear();
      known.set(text, (found = { result: of(text) }));
    }
    return found.result;
  };
}

const LONGEST = 8192;
