/** Signs that may stand in a host without being escaped, beside letters and digits. */
const HOST = /^(?:[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"\u0080-\u{10ffff}]|%25|%[89a-fA-F][0-9a-fA-F])*$/u;
const USER = /^(?:[A-Za-z0-9\-._:~!$&'()*+,;=@]|%[0-9a-fA-F]{2})*$/;
const BAD_ESCAPE = /%(?![0-9a-fA-F]{2})/;
const PORT = /^(?::\d*)?$/;

/**
 * Whether a text is an absolute URI or an absolute path.
 *
 * Source: Go's url.ParseRequestURI, which is what the format `uri` stands for.
 */
export function isRequestUri(text: string): boolean {
  if (text === '' || /[\x00-\x1f\x7f]/.test(text)) return false;
  if (text === '*') return true;
  if (text.startsWith(':')) return false;
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]*:/.exec(text)?.[0] ?? '';
  const [rest = ''] = text.slice(scheme.length).split('?');
  if (!rest.startsWith('/')) return scheme !== '';
  if (scheme === '' || !rest.startsWith('//')) return !BAD_ESCAPE.test(rest);
  const slash = rest.indexOf('/', 2);
  const [authority, path] = slash < 0 ? [rest.slice(2), ''] : [rest.slice(2, slash), rest.slice(slash)];
  return isAuthority(authority) && !BAD_ESCAPE.test(path);
}

function isAuthority(authority: string): boolean {
  const at = authority.lastIndexOf('@');
  return USER.test(authority.slice(0, Math.max(0, at))) && isHost(authority.slice(at + 1));
}

function isHost(host: string): boolean {
  if (!host.startsWith('[')) {
    const colon = host.lastIndexOf(':');
    return (colon < 0 || PORT.test(host.slice(colon))) && HOST.test(host);
  }
  const end = host.lastIndexOf(']');
  if (end < 0 || !PORT.test(host.slice(end + 1))) return false;
  const zone = host.slice(0, end).indexOf('%25');
  return zone < 0
    ? HOST.test(host)
    : HOST.test(host.slice(0, zone)) && !BAD_ESCAPE.test(host.slice(zone, end));
}
