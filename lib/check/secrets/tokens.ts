/** Shapes that only credentials have, with what they are. Sources: the issuers' own descriptions of their tokens. */
const SHAPES: readonly (readonly [what: string, shape: RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/],
  ['an access key of AWS', /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Z0-9])/],
  ['a token of GitHub', /(?<!\w)(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{82})(?!\w)/],
  ['a token of GitLab', /(?<!\w)glpat-[\w-]{20,}(?![\w-])/],
  ['a token of Slack', /(?<!\w)xox[abeoprs]-[A-Za-z0-9-]{10,}/],
  ['a webhook of Slack', /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/[\w/]{30,}/],
  ['a key of Stripe', /(?<!\w)(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}/],
  ['an API key of Google', /(?<![\w-])AIza[\w-]{35}(?![\w-])/],
  ['a client secret of Google', /(?<![\w-])GOCSPX-[\w-]{28}(?![\w-])/],
  ['a token of npm', /(?<!\w)npm_[A-Za-z0-9]{36}(?!\w)/],
  ['a token of PyPI', /(?<!\w)pypi-AgEIcHlwaS5vcmc[\w-]{50,}/],
  ['a key of SendGrid', /(?<!\w)SG\.[\w-]{22}\.[\w-]{43}(?![\w-])/],
  ['a key of OpenAI', /(?<!\w)sk-(?:proj-)?[A-Za-z0-9_-]{40,}/],
  ['a token of DigitalOcean', /(?<!\w)do[opr]_v1_[a-f0-9]{64}(?!\w)/],
  ['a token of Vault', /(?<!\w)hv[bs]\.[\w-]{24,}/],
  ['a signed token (JWT)', /(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{16,}/],
];

/** Something of every shape, to look for first: most texts have none of it. */
const TRACE =
  /PRIVATE KEY|A[KS]IA|gh[pousr]_|github_pat_|glpat-|xox|hooks\.slack|[sr]k[_-]|AIza|GOCSPX|npm_|pypi-|SG\.|do[opr]_v1|hv[bs]\.|eyJ/;

/** What kind of credential `text` holds, by its shape alone. */
export function tokenIn(text: string): string | undefined {
  if (!TRACE.test(text)) return undefined;
  return SHAPES.find(([, shape]) => shape.test(text))?.[0];
}

/** `scheme://user:password@host`, the password not being one that is filled in elsewhere. */
const CONNECTION = /[a-z][a-z0-9+.-]{1,30}:\/\/[^\s:/?#@'"]{0,200}:([^\s/?#@'"]{1,200})@[\w[]/gi;

/** Whether `text` holds an address with a password in it. */
export function passwordInAddress(text: string): boolean {
  return [...text.matchAll(CONNECTION)].some(([, password = '']) => !isStandIn(password));
}

/** Whether a value stands for a secret that comes from elsewhere, or says that there is none. */
export function isStandIn(value: string): boolean {
  return (
    // Filled in by a shell, a template or Kubernetes; hidden by whoever wrote an example.
    /[$<>{}%]|\*{3}|x{4}|^\.\.\.$/i.test(value) ||
    // Kept in a store that the program asks: `vault:…`, `arn:aws:…`, `projects/…/secrets/…`.
    /^(?:vault|ref\+\w+|arn|ssm|gcp|gsm|asm|azkv|aws|awssm|op|file|env|secret|projects|sops)[:/]/i.test(
      value,
    ) ||
    /^(?:0|1|true|false|yes|no|on|off|null|nil|none|undefined|disabled|enabled|redacted)$/i.test(value)
  );
}
