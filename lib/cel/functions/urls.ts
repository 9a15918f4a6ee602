import { ArrayList, HashMap } from '../values/collections';
import { CelError, OpaqueValue } from '../values/value';
import type { Result } from '../values/value';
import { parseQuery, parseUrl, type GoUrl } from '../../kube/go-url';
import { URL_TYPE, functions, overload } from './overload';

class UrlValue extends OpaqueValue {
  readonly type = URL_TYPE;
  readonly url: GoUrl;

  constructor(url: GoUrl) {
    super();
    this.url = url;
  }

  override equals(other: OpaqueValue): boolean {
    return other instanceof UrlValue && this.url.text === other.url.text;
  }
}

function read(text: string): Result {
  const url = parseUrl(text);
  return url === undefined ? new CelError(`${JSON.stringify(text)} is not a URL`) : new UrlValue(url);
}

function query({ url }: UrlValue): Result {
  return HashMap.of([...parseQuery(url.query)].map(([name, values]) => [name, new ArrayList(values)]));
}

const part = (id: string, pick: (url: GoUrl) => string): ReturnType<typeof overload> =>
  overload<[UrlValue]>(id, 'URL.(): string', ({ url }) => pick(url));

export const URLS = functions({
  url: [overload<[string]>('string_to_url', '(string): URL', read)],
  isURL: [overload<[string]>('is_url_string', '(string): bool', (text) => parseUrl(text) !== undefined)],
  getScheme: [part('url_get_scheme', ({ scheme }) => scheme)],
  getHost: [part('url_get_host', ({ host }) => host)],
  getHostname: [part('url_get_hostname', ({ hostname }) => hostname)],
  getPort: [part('url_get_port', ({ port }) => port)],
  getEscapedPath: [part('url_get_escaped_path', ({ escapedPath }) => escapedPath)],
  getQuery: [overload<[UrlValue]>('url_get_query', 'URL.(): map<string, list<string>>', query)],
});
