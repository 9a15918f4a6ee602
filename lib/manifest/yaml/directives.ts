import type { Scanner } from './scanner';
import type { Fail } from './token';

export const CORE_TAG = 'tag:yaml.org,2002:';

/** What the handle of a tag stands for: `!!` for `tag:yaml.org,2002:`. */
export type TagHandles = ReadonlyMap<string, string>;

const DEFAULTS: TagHandles = new Map([
  ['!', '!'],
  ['!!', CORE_TAG],
]);

const NO_DIRECTIVES = 'Remove the directive: kubectl takes the --- after it for the end of the document.';

/** Passes the directives of a document, and its `---` if it has one. */
export function passDirectives(scanner: Scanner, fail: Fail): TagHandles {
  const handles = new Map<string, string>();
  let hasVersion = false;
  for (let token = scanner.peek(); ; token = scanner.peek()) {
    if (token.type === 'version-directive') {
      if (hasVersion) fail('found duplicate %YAML directive', token.start);
      if (token.version !== '1.1') fail('found incompatible YAML document', token.start, NO_DIRECTIVES);
      hasVersion = true;
    } else if (token.type === 'tag-directive') {
      if (handles.has(token.handle)) fail('found duplicate %TAG directive', token.start);
      handles.set(token.handle, token.prefix);
    } else {
      const isStart = token.type === 'document-start';
      if (!isStart && (hasVersion || handles.size > 0))
        fail('did not find expected <document start>', token.start, NO_DIRECTIVES);
      if (isStart) scanner.skip();
      return new Map([...DEFAULTS, ...handles]);
    }
    scanner.skip();
  }
}
