import type { Span } from './span';
import { isPlaceholder, isStandIn } from './stand-in';

/** Patterns that only credentials match. Sources: the issuers' descriptions of their tokens. */
const SHAPES: readonly (readonly [what: string, shape: RegExp])[] = [
  // With its body, up to its last line, or to the end if that is missing.
  [
    'a private key',
    /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:[^]*?-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|[^]*)/g,
  ],
  ['an AWS access key', /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Z0-9])/g],
  ['a GitHub token', /(?<!\w)(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{82})(?!\w)/g],
  ['a GitLab token', /(?<!\w)glpat-[\w-]{20,}(?![\w-])/g],
  ['a Slack token', /(?<!\w)xox[abeoprs]-[A-Za-z0-9-]{10,}/g],
  ['a Slack webhook', /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/[\w/]{30,}/g],
  ['a Stripe key', /(?<!\w)(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}/g],
  ['a Google API key', /(?<![\w-])AIza[\w-]{35}(?![\w-])/g],
  ['a Google client secret', /(?<![\w-])GOCSPX-[\w-]{28}(?![\w-])/g],
  ['an npm token', /(?<!\w)npm_[A-Za-z0-9]{36}(?!\w)/g],
  ['a PyPI token', /(?<!\w)pypi-AgEIcHlwaS5vcmc[\w-]{50,}/g],
  ['a SendGrid key', /(?<!\w)SG\.[\w-]{22}\.[\w-]{43}(?![\w-])/g],
  ['an OpenAI key', /(?<!\w)sk-(?:proj-)?[A-Za-z0-9_-]{40,}/g],
  ['a DigitalOcean token', /(?<!\w)do[opr]_v1_[a-f0-9]{64}(?!\w)/g],
  ['a Vault token', /(?<!\w)hv[bs]\.[\w-]{24,}/g],
  ['a signed token (JWT)', /(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{16,}/g],
  // crypt(3) and what htpasswd and LDAP write.
  ['a password hash', /\$(?:2[abxy]?|5|6|y|apr1|1|argon2(?:id?|d)|scrypt|pbkdf2[\w-]*)\$[\w./$,=+-]{16,}/g],
  ['a password hash', /\{S?SHA(?:256|512)?\}[\w+/]{20,}={0,2}/g],
];

/** A part of every pattern, which is tested first, because most texts have none. */
const TRACE =
  /PRIVATE KEY|A[KS]IA|gh[pousr]_|github_pat_|glpat-|xox|hooks\.slack|[sr]k[_-]|AIza|GOCSPX|npm_|pypi-|SG\.|do[opr]_v1|hv[bs]\.|eyJ|\$(?:2|[156y]\$|apr1|argon|scrypt|pbkdf)|SHA(?:256|512)?\}/;

/** The credentials in `text` that are known by their patterns. */
export function tokenSpans(text: string): Span[] {
  if (!TRACE.test(text)) return [];
  return SHAPES.flatMap(([what, shape]) =>
    [...text.matchAll(shape)].map(({ index, 0: found }) => ({
      start: index,
      end: index + found.length,
      what,
      isCertain: true,
    })),
  );
}

/** `scheme://user:password@host`. A password may have an @ itself: the last one before the path counts. */
const CONNECTION = /[a-z][a-z0-9+.-]{1,30}:\/\/[^\s:/?#@'"]{0,200}:([^\s/?#'"]{1,200})@[\w[$]/dgi;

/** The same where somebody did not escape the password. A port and a path with an @ are none. */
const UNESCAPED = /[a-z][a-z0-9+.-]{1,30}:\/\/[^\s:/?#@'"]{0,200}:(?!\d{1,5}\/)([^\s'"]{1,200})@[\w[$]/dgi;

/** The passwords of the URLs in `text` that are no placeholders. */
export function addressSpans(text: string): Span[] {
  if (!text.includes('://')) return [];
  return [CONNECTION, UNESCAPED].flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(({ 1: password = '', indices }): Span[] => {
      const [start = 0, end = 0] = indices?.[1] ?? [];
      if (isPlaceholder(password)) return [];
      const isCertain = pattern === CONNECTION && !isStandIn(password);
      return [{ start, end, what: 'a URL with a password', isCertain }];
    }),
  );
}
