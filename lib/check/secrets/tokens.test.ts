import { isStandIn } from './stand-in';
import { addressSpans, tokenSpans } from './tokens';

const tokenIn = (text: string): string | undefined => tokenSpans(text)[0]?.what;
const passwordInAddress = (text: string): boolean => addressSpans(text).some(({ isCertain }) => isCertain);

/** Made up, so that no scanner of repositories takes it for real. */
const letters = (length: number): string => 'a1B2c3D4e5F6g7H8'.repeat(20).slice(0, length);

test.each([
  ['a private key', '-----BEGIN EC PRIVATE KEY-----'],
  ['a private key', '-----BEGIN PRIVATE KEY-----'],
  ['a private key', '-----BEGIN PGP PRIVATE KEY BLOCK-----'],
  ['an AWS access key', `AKIA${'Q7ZX'.repeat(4)}`],
  ['an AWS access key', `ASIA${'Q7ZX'.repeat(4)}`],
  ['a GitHub token', `gho_${letters(36)}`],
  ['a GitHub token', `github_pat_${letters(82)}`],
  ['a GitLab token', `glpat-${letters(20)}`],
  ['a Slack token', `xoxp-${letters(10)}`],
  ['a Slack webhook', `https://hooks.slack.com/services/${letters(30)}`],
  ['a Slack webhook', `https://hooks.slack.com/workflows/${letters(30)}`],
  ['a Stripe key', `rk_test_${letters(16)}`],
  ['a Google API key', `AIza${letters(35)}`],
  ['a Google client secret', `GOCSPX-${letters(28)}`],
  ['an npm token', `npm_${letters(36)}`],
  ['a PyPI token', `pypi-AgEIcHlwaS5vcmc${letters(50)}`],
  ['a SendGrid key', `SG.${letters(22)}.${letters(43)}`],
  ['an OpenAI key', `sk-${letters(40)}`],
  ['an OpenAI key', `sk-proj-${letters(40)}`],
  ['a DigitalOcean token', `dop_v1_${'a1b2'.repeat(16)}`],
  ['a Vault token', `hvs.${letters(24)}`],
  ['a signed token (JWT)', `eyJ${letters(8)}.eyJ${letters(8)}.${letters(16)}`],
])('%s is found alone and in a text, and not in part: %s', (kind, token) => {
  expect(tokenIn(token)).toBe(kind);
  expect(tokenIn(`key="${token}"`)).toBe(kind);
  expect(tokenIn(token.slice(0, token.length / 2))).toBeUndefined();
});

test.each([
  ['a longer word', `XAKIA${'Q7ZX'.repeat(4)}`],
  ['a longer key', `AKIA${'Q7ZX'.repeat(5)}`],
  ['a name that ends in a prefix', `my_npm_${letters(36)}`],
  ['a public key', '-----BEGIN PUBLIC KEY-----'],
  ['an ordinary text', 'shop/api:1.4.2'],
])('%s is not a token', (_, text) => {
  expect(tokenIn(text)).toBeUndefined();
});

test('a URL has a password, a placeholder or none', () => {
  expect(passwordInAddress('postgres://shop:hunter2@db:5432/shop')).toBe(true);
  expect(passwordInAddress('redis://:hunter2@cache')).toBe(true);
  expect(passwordInAddress('a=http://u:$(P)@db b=http://u:hunter2@[::1]')).toBe(true);
  expect(passwordInAddress('postgres://shop:$(PASSWORD)@db')).toBe(false);
  expect(passwordInAddress('https://user@api.example/v1')).toBe(false);
  expect(passwordInAddress('https://api.example:8080/a@b')).toBe(false);
});

test.each([
  ['$(A)', '<a>', '{{ a }}', '50%', 'a***', 'xxxx', 'XXXX', '...'],
  ['vault:a', 'ref+awsssm://a', 'arn:aws:a', 'projects/a', 'env:A', 'file:/a', 'sops:a'],
  ['0', '1', 'true', 'FALSE', 'yes', 'no', 'on', 'off', 'null', 'nil', 'none', 'undefined', 'redacted'],
])('%s and the like are placeholders', (...values) => {
  expect(values.filter((value) => !isStandIn(value))).toEqual([]);
});

test('other values are not placeholders', () => {
  const values = ['hunter2', 'none1', '10', 'a-vault:b', 'xxx', '**', '....', 'a...'];
  expect(values.filter(isStandIn)).toEqual([]);
});
