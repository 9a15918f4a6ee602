/** Strings that parsers of Kubernetes' small languages, printers and JavaScript itself have trouble with. */
import type { Random } from '../random';
import { LANGUAGES, type Language } from './languages';

/** What a field of any meaning may hold. */
const ANY = [
  '',
  ' ',
  '\t',
  '\n',
  '-',
  '.',
  '/',
  ':',
  '@',
  '*',
  '"',
  "'",
  '\\',
  '%',
  '%zz',
  '\u0000',
  '\ufeff',
  '\u2028::error::x',
  '\u202egnp.exe',
  '\ud800',
  '\udc00\ud800',
  '💣'.repeat(3),
  'é\u0301',
  'İ',
  'ﬀ',
  '١٢٣',
  'a\r\n::error file=x::y',
  '::set-output name=a::b',
  '\u001b[2J\u001b]0;x\u0007',
  '\u009b31m',
  '`',
  '```\n@team ![x](http://a/b)',
  '<img src=x onerror=alert(1)>',
  ']]>',
  '--- ',
  'length',
  '0',
  'null',
  'true',
  'yes',
  '~',
  'NaN',
  '.inf',
  '$(A)',
  '$($(A))',
  '$(A)$(A)$(A)',
  '{{ x }}',
  '${x}',
] as const;

/** What patterns search for again and again where it repeats: beginnings of secrets, settings, templates, commands. */
const REPEATED = [
  '1:',
  'a.',
  '- ',
  ' ',
  '\t',
  '\n',
  '[',
  '{{',
  '##',
  '"',
  '\\"',
  'password=',
  'password: ',
  'token="',
  'name: a, ',
  'sig=',
  'http://a:',
  'mysql ',
  '$2a$',
  '1',
] as const;

/** What every object has without saying so: a table that is asked for one of these must not answer. */
const INHERITED = Object.getOwnPropertyNames(Object.prototype);

const NAMES = Object.keys(LANGUAGES) as Language[];

/** The language of the values of a field, by words in its name. */
const BY_FIELD: readonly (readonly [RegExp, Language])[] = [
  [/schedule$/i, 'cron'],
  [/image$/i, 'image'],
  [/pattern|regex|prefix/i, 'regex'],
  [/duration|timeout|period|interval/i, 'duration'],
  [/ip$|ips$|cidr|address|ranges/i, 'address'],
  [/url|uri|server|host|fqdn/i, 'url'],
  [/bundle|cert|request$|data$|secret/i, 'certificate'],
  [/time(stamp)?$/i, 'time'],
  [/version/i, 'version'],
  [/path|dir/i, 'path'],
  [/labels|annotations|key$|driver|domain|signer/i, 'key'],
  [/name|namespace|kind|group|resource|plural|singular|ref$/i, 'name'],
];

/** A string for a field, mostly of the language that its name suggests. */
export function stringFor(field: string, random: Random): string {
  const likely = BY_FIELD.find(([words]) => words.test(field))?.[1] ?? 'name';
  return random.weighted([
    [55, () => random.pick<string>(LANGUAGES[likely])],
    [12, () => random.pick<string>(LANGUAGES[random.pick(NAMES)])],
    [17, () => random.pick<string>(ANY)],
    [3, () => random.pick(INHERITED)],
    [10, () => changed(random.pick<string>(LANGUAGES[random.pick(NAMES)]), random)],
    [2, () => (random.below(200) === 0 ? long(random) : random.pick<string>(ANY).repeat(random.below(300)))],
    [1, () => random.pick<string>(LANGUAGES[random.pick(NAMES)]).repeat(random.below(200))],
  ]);
}

/** A long text that repeats itself, with an end that breaks what it seemed to be. Each takes milliseconds. */
function long(random: Random): string {
  const part = random.pick<string>(random.chance(60) ? REPEATED : ANY);
  const lead = random.pick(['', '', 'password', 'password: ', 'name: ']);
  const size = 20_000 + random.below(40_000);
  return (
    lead +
    part.repeat(Math.ceil(size / Math.max(1, part.length))).slice(0, size) +
    random.pick(['', '!', 'z9'])
  );
}

export function stringOf(language: Language, random: Random): string {
  return random.pick<string>(LANGUAGES[language]);
}

/** `text` with a few characters changed, removed, repeated or put in. */
export function changed(text: string, random: Random): string {
  let result = text;
  for (let left = 1 + random.below(3); left > 0; left--) {
    const at = random.below(result.length + 1);
    const end = at + random.below(3);
    const put = random.chance(50) ? random.pick<string>(ANY) : result.slice(at, end).repeat(2);
    result = result.slice(0, at) + put + result.slice(random.chance(50) ? at : end);
  }
  return result;
}
