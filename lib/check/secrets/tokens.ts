/** Patterns that only credentials match. Sources: the issuers' descriptions of their tokens. */
const SHAPES: readonly (readonly [what: string, shape: RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/],
  ['an AWS access key', /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Z0-9])/],
  ['a GitHub token', /(?<!\w)(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{82})(?!\w)/],
  ['a GitLab token', /(?<!\w)glpat-[\w-]{20,}(?![\w-])/],
  ['a Slack token', /(?<!\w)xox[abeoprs]-[A-Za-z0-9-]{10,}/],
  ['a Slack webhook', /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/[\w/]{30,}/],
  ['a Stripe key', /(?<!\w)(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}/],
  ['a Google API key', /(?<![\w-])AIza[\w-]{35}(?![\w-])/],
  ['a Google client secret', /(?<![\w-])GOCSPX-[\w-]{28}(?![\w-])/],
  ['an npm token', /(?<!\w)npm_[A-Za-z0-9]{36}(?!\w)/],
  ['a PyPI token', /(?<!\w)pypi-AgEIcHlwaS5vcmc[\w-]{50,}/],
  ['a SendGrid key', /(?<!\w)SG\.[\w-]{22}\.[\w-]{43}(?![\w-])/],
  ['an OpenAI key', /(?<!\w)sk-(?:proj-)?[A-Za-z0-9_-]{40,}/],
  ['a DigitalOcean token', /(?<!\w)do[opr]_v1_[a-f0-9]{64}(?!\w)/],
  ['a Vault token', /(?<!\w)hv[bs]\.[\w-]{24,}/],
  ['a signed token (JWT)', /(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{16,}/],
];

/** A part of every pattern, which is tested first, because most texts have none. */
const TRACE =
  /PRIVATE KEY|A[KS]IA|gh[pousr]_|github_pat_|glpat-|xox|hooks\.slack|[sr]k[_-]|AIza|GOCSPX|npm_|pypi-|SG\.|do[opr]_v1|hv[bs]\.|eyJ/;

/** The kind of credential that `text` contains, by its pattern. */
export function tokenIn(text: string): string | undefined {
  if (!TRACE.test(text)) return undefined;
  return SHAPES.find(([, shape]) => shape.test(text))?.[0];
}

/** `scheme://user:password@host`. */
const CONNECTION = /[a-z][a-z0-9+.-]{1,30}:\/\/[^\s:/?#@'"]{0,200}:([^\s/?#@'"]{1,200})@[\w[]/gi;

/** Whether `text` contains a URL with a password that is not a placeholder. */
export function passwordInAddress(text: string): boolean {
  return [...text.matchAll(CONNECTION)].some(([, password = '']) => !isStandIn(password));
}

/** Whether a value is a placeholder for a secret, or means that there is none. */
export function isStandIn(value: string): boolean {
  return (
    // Filled in by a shell, a template or Kubernetes; or masked in an example.
    /[$<>{}%]|\*{3}|x{4}|^\.\.\.$/i.test(value) ||
    // A reference to a secret store: `vault:…`, `arn:aws:…`, `projects/…/secrets/…`.
    /^(?:vault|ref\+\w+|arn|ssm|gcp|gsm|asm|azkv|aws|awssm|op|file|env|secret|projects|sops)[:/]/i.test(
      value,
    ) ||
    /^(?:0|1|true|false|yes|no|on|off|null|nil|none|undefined|disabled|enabled|redacted)$/i.test(value)
  );
}
