/** What a registry asks for: a user, or a token from somewhere else. */
export type Challenge =
  | { readonly scheme: 'basic' }
  | {
      readonly scheme: 'bearer';
      readonly realm: string;
      readonly service: string | undefined;
      readonly scope: string | undefined;
    };

/** The challenge in a `WWW-Authenticate` header; nothing where it is none that we know. */
export function challengeIn(header: string | undefined): Challenge | undefined {
  const [, scheme = '', rest = ''] = /^\s*(\w+)\s*(.*)$/s.exec(header ?? '') ?? [];
  if (scheme.toLowerCase() === 'basic') return { scheme: 'basic' };
  if (scheme.toLowerCase() !== 'bearer') return undefined;
  const found = new Map<string, string>();
  for (const [, key = '', quoted, bare = ''] of rest.matchAll(
    /(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g,
  ))
    found.set(key.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? bare);
  const realm = found.get('realm');
  return realm === undefined
    ? undefined
    : { scheme: 'bearer', realm, service: found.get('service'), scope: found.get('scope') };
}
