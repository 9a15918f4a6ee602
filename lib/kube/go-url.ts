/** A URL in the parts that Go splits it into. */
export interface GoUrl {
  readonly scheme: string;
  readonly host: string;
  readonly hostname: string;
  readonly port: string;
  readonly escapedPath: string;
  readonly query: string;
  readonly text: string;
}

/** Characters other than letters and digits that a host may contain unescaped. */
const HOST = /^(?:[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"\u0080-\u{10ffff}]|%25|%[89a-fA-F][0-9a-fA-F])*$/u;
const USER = /^(?:[A-Za-z0-9\-._:~!$&'()*+,;=@]|%[0-9a-fA-F]{2})*$/;
const BAD_ESCAPE = /%(?![0-9a-fA-F]{2})/;
const PORT = /^(?::\d*)?$/;
const PLAIN_PATH = /^[A-Za-z0-9\-_.~!$&'()*+,;=:@[\]%/]*$/;

/**
 * Reads an absolute URL or an absolute path, as ParseRequestURI and then Parse of Go's `net/url` do; undefined for a
 * text that either of them rejects.
 */
export function parseUrl(text: string): GoUrl | undefined {
  // ParseRequestURI takes a fragment for a part of the path; a request does not send it.
  return take(text, true) === undefined ? undefined : take(text.split('#')[0] ?? '', false, text);
}

/** Whether ParseRequestURI of Go's `net/url` accepts a text as an absolute URI or an absolute path. */
export function isRequestUri(text: string): boolean {
  return take(text, true) !== undefined;
}

function take(text: string, isRequest: boolean, whole = text): GoUrl | undefined {
  if ((text === '' && isRequest) || /[\x00-\x1f\x7f]/.test(text) || text.startsWith(':')) return undefined;
  const scheme = (/^[A-Za-z][A-Za-z0-9+.-]*:/.exec(text)?.[0] ?? '').slice(0, -1);
  const rest = scheme === '' ? text : text.slice(scheme.length + 1);
  const mark = rest.indexOf('?');
  const [before, query] = mark < 0 ? [rest, ''] : [rest.slice(0, mark), rest.slice(mark + 1)];
  const url = { scheme: scheme.toLowerCase(), query, text: whole, host: '', hostname: '', port: '' };
  if (text === '*') return { ...url, escapedPath: '*' };
  if (!before.startsWith('/')) return scheme === '' ? undefined : { ...url, escapedPath: '' };
  const hasAuthority =
    before.startsWith('//') && (scheme !== '' || (!isRequest && !before.startsWith('///')));
  if (!hasAuthority) return BAD_ESCAPE.test(before) ? undefined : { ...url, escapedPath: escapePath(before) };
  const slash = before.indexOf('/', 2);
  const [authority, path] = slash < 0 ? [before.slice(2), ''] : [before.slice(2, slash), before.slice(slash)];
  const host = hostOf(authority);
  if (host === undefined || BAD_ESCAPE.test(path)) return undefined;
  const [, hostname = '', port = ''] = /^(.*?)(?::(\d*))?$/s.exec(host) ?? [];
  const bare = hostname.startsWith('[') ? hostname.replace(/^\[|\]$/g, '') : hostname;
  return { ...url, host, hostname: bare, port, escapedPath: escapePath(path) };
}

/** The host with its port, if the whole authority is valid. */
function hostOf(authority: string): string | undefined {
  const at = authority.lastIndexOf('@');
  const host = authority.slice(at + 1);
  if (!USER.test(authority.slice(0, Math.max(0, at)))) return undefined;
  const decoded = (): string => host.replace(/%25/g, '%');
  if (!host.startsWith('[')) {
    const colon = host.lastIndexOf(':');
    const isRight = (colon < 0 || PORT.test(host.slice(colon))) && HOST.test(host);
    return isRight ? decoded() : undefined;
  }
  const end = host.lastIndexOf(']');
  if (end < 0 || !PORT.test(host.slice(end + 1))) return undefined;
  const zone = host.slice(0, end).indexOf('%25');
  const isRight =
    zone < 0 ? HOST.test(host) : HOST.test(host.slice(0, zone)) && !BAD_ESCAPE.test(host.slice(zone, end));
  return isRight ? decoded() : undefined;
}

/** A path with valid escaping stays unchanged; any other is escaped again. */
function escapePath(path: string): string {
  if (PLAIN_PATH.test(path)) return path;
  const bytes = Buffer.from(unescapePath(path), 'latin1');
  return [...bytes]
    .map((byte) => {
      const sign = String.fromCharCode(byte);
      return /[A-Za-z0-9\-_.~$&+,/:;=@]/.test(sign) ? sign : escaped(byte);
    })
    .join('');
}

function escaped(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** The unescaped bytes of a path, as Latin-1 characters. */
function unescapePath(path: string): string {
  const bytes = Buffer.from(path, 'utf8').toString('latin1');
  return bytes.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** The values of a query by name, without malformed parts. */
export function parseQuery(query: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const part of query.split('&')) {
    if (part === '' || part.includes(';') || BAD_ESCAPE.test(part)) continue;
    const equals = part.indexOf('=');
    const [name, value] = (equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)]).map(
      (text) => Buffer.from(unescapePath(text.replace(/\+/g, ' ')), 'latin1').toString('utf8'),
    ) as [string, string];
    found.set(name, [...(found.get(name) ?? []), value]);
  }
  return found;
}
