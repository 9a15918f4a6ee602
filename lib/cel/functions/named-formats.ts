import { labelValue } from '../../kube/labels';
import { dns1035Label, dnsLabel, dnsSubdomain, qualifiedName, type Check } from '../../kube/names';
import { ArrayList } from '../values/collections';
import { parseTimestamp, civil } from '../values/time';
import { CelError, OpaqueValue, OptionalValue } from '../values/value';
import { parseUrl } from '../../kube/go-url';
import { FORMAT, functions, overload } from './overload';
import type { Overload } from './overload';

/** A format to validate strings against. */
export class FormatValue extends OpaqueValue {
  readonly type = FORMAT;
  readonly name: string;
  readonly check: Check;
  /** The length of the regular expression that cost calculation assumes. */
  readonly regexSize: number;

  constructor(name: string, regexSize: number, check: Check) {
    super();
    this.name = name;
    this.check = check;
    this.regexSize = regexSize;
  }

  override equals(other: OpaqueValue): boolean {
    return other instanceof FormatValue && this.name === other.name;
  }
}

/** A name prefix may end with a dash. */
const asPrefix =
  (check: Check): Check =>
  (text) =>
    check(text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text);

const matching =
  (shape: RegExp, problem: string): Check =>
  (text) =>
    shape.test(text) ? undefined : problem;

function date(text: string): string | undefined {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && civil(year, month, day) !== undefined
    ? undefined
    : 'invalid date';
}

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/;

const FORMATS: readonly FormatValue[] = [
  new FormatValue('dns1123Label', 30, dnsLabel),
  new FormatValue('dns1123Subdomain', 60, dnsSubdomain),
  new FormatValue('dns1035Label', 30, dns1035Label),
  new FormatValue('qualifiedName', 60, qualifiedName),
  new FormatValue('dns1123LabelPrefix', 30, asPrefix(dnsLabel)),
  new FormatValue('dns1123SubdomainPrefix', 60, asPrefix(dnsSubdomain)),
  new FormatValue('dns1035LabelPrefix', 30, asPrefix(dns1035Label)),
  new FormatValue('labelValue', 40, labelValue),
  new FormatValue('uri', 1103, (text) => (parseUrl(text) === undefined ? 'invalid URI' : undefined)),
  new FormatValue('uuid', 72, matching(UUID, 'does not match the UUID format')),
  new FormatValue('byte', 84, matching(BASE64, 'invalid base64')),
  new FormatValue('date', 71, date),
  new FormatValue('datetime', 71, (text) =>
    parseTimestamp(text) instanceof CelError ? 'invalid datetime' : undefined,
  ),
];

const BY_NAME: ReadonlyMap<string, FormatValue> = new Map(FORMATS.map((format) => [format.name, format]));

const constants = FORMATS.map((format): [string, Overload[]] => {
  const name = `format.${format.name}`;
  return [name, [overload(name, '(): Format', () => format)]];
});

/** Formats by name; since 1.32. */
export const NAMED_FORMATS = functions({
  ...Object.fromEntries(constants),
  'format.named': [
    overload<[string]>('format-named', '(string): optional<Format>', (name) => {
      const format = BY_NAME.get(name);
      return format === undefined ? OptionalValue.none : new OptionalValue(format);
    }),
  ],
  validate: [
    overload<[FormatValue, string]>(
      'format-validate',
      'Format.(string): optional<list<string>>',
      (format, text) => {
        const problem = format.check(text);
        return problem === undefined ? OptionalValue.none : new OptionalValue(new ArrayList([problem]));
      },
    ),
  ],
});
