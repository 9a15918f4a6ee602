import { createHash } from 'node:crypto';
import { newestGates, type FeatureGates } from './feature-gates';

// The rules are the same in all releases unless a comment says otherwise.

/** What is wrong with `value`, in words that can follow it and a colon; undefined when it is valid. */
export type Check = (value: string) => string | undefined;

/**
 * Longest DNS label (RFC 1035 and 1123), and longest label value.
 *
 * @source k8s.io/apimachinery pkg/util/validation/validation.go DNS1123LabelMaxLength, LabelValueMaxLength 1.36
 */
export const LABEL_MAX_LENGTH = 63;

/**
 * Longest DNS subdomain (RFC 1123).
 *
 * @source k8s.io/apimachinery pkg/util/validation/validation.go DNS1123SubdomainMaxLength 1.36
 */
export const SUBDOMAIN_MAX_LENGTH = 253;

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const QUALIFIED = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/**
 * RFC 1123 label: the name of a namespace, a container, a volume.
 *
 * @source k8s.io/apimachinery pkg/util/validation/validation.go IsDNS1123Label 1.36
 */
export function dnsLabel(value: string): string | undefined {
  if (LABEL.test(value)) return tooLong(value, LABEL_MAX_LENGTH);
  if (SUBDOMAIN.test(value)) return 'must not contain dots';
  return "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
}

/**
 * RFC 1123 subdomain: the name of most objects.
 *
 * @source k8s.io/apimachinery pkg/util/validation/validation.go IsDNS1123Subdomain 1.36
 */
export function dnsSubdomain(value: string): string | undefined {
  if (SUBDOMAIN.test(value)) return tooLong(value, SUBDOMAIN_MAX_LENGTH);
  return "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
}

/**
 * RFC 1035 label, which begins with a letter: the name of a Service before 1.36.
 *
 * @source k8s.io/apimachinery pkg/util/validation/validation.go IsDNS1035Label 1.36
 */
export function dns1035Label(value: string): string | undefined {
  if (LABEL_1035.test(value)) return tooLong(value, LABEL_MAX_LENGTH);
  return "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";
}

/**
 * One segment of a URL path: the name of a Role, a RoleBinding and the few other kinds that need no DNS name.
 *
 * @source k8s.io/apimachinery pkg/api/validation/path/name.go IsValidPathSegmentName 1.36
 */
export function pathSegment(value: string): string | undefined {
  if (value === '') return 'must not be empty';
  if (value === '.' || value === '..') return `may not be '${value}'`;
  const bad = ['/', '%'].find((sign) => value.includes(sign));
  return bad === undefined ? undefined : `may not contain '${bad}'`;
}

/**
 * A name with an optional DNS prefix, `example.com/name`: label keys, finalizers, extended resources.
 *
 * @source k8s.io/apimachinery pkg/util/validation/validation.go IsQualifiedName 1.36
 */
export function qualifiedName(value: string): string | undefined {
  const parts = value.split('/');
  if (parts.length > 2) return "must have at most one '/', between a DNS subdomain prefix and the name";
  const [name = '', prefix] = parts.reverse();
  const badPrefix = prefix === undefined ? undefined : dnsSubdomain(prefix);
  if (badPrefix !== undefined)
    return prefix === '' ? 'prefix part must be non-empty' : `prefix part ${badPrefix}`;
  if (name === '') return 'name part must be non-empty';
  if (!QUALIFIED.test(name))
    return "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
  return name.length > LABEL_MAX_LENGTH
    ? `name part must be no more than ${LABEL_MAX_LENGTH} bytes`
    : undefined;
}

/**
 * `env[].name` of a container. Any printable ASCII except "=" since 1.32, where the feature gate
 * RelaxedEnvironmentVariableValidation (KEP-4369) became on by default.
 *
 * @source k8s.io/apimachinery pkg/util/validation/validation.go IsEnvVarName, IsRelaxedEnvVarName 1.36
 * @internal
 */
export function envVarName(value: string, { isOn }: FeatureGates = newestGates): string | undefined {
  // What is strictly right is right for all releases.
  if (STRICT_VARIABLE.test(value) && parentDirectory(value) === undefined) return undefined;
  if (isOn('RelaxedEnvironmentVariableValidation'))
    return /^[ -<>-~]+$/.test(value)
      ? undefined
      : "a valid environment variable name must consist only of printable ASCII characters other than '='";
  if (!STRICT_VARIABLE.test(value))
    return "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit";
  return parentDirectory(value);
}

const STRICT_VARIABLE = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/**
 * A key of ConfigMap and Secret `data`, which becomes a file name when mounted.
 *
 * @source k8s.io/apimachinery pkg/util/validation/validation.go IsConfigMapKey 1.36
 */
export function configMapKey(value: string): string | undefined {
  if (!/^[-._a-zA-Z0-9]+$/.test(value))
    return "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
  return tooLong(value, SUBDOMAIN_MAX_LENGTH) ?? parentDirectory(value);
}

/**
 * `httpGet.httpHeaders[].name`.
 *
 * @source k8s.io/apimachinery pkg/util/validation/validation.go IsHTTPHeaderName 1.36
 */
export function httpHeaderName(value: string): string | undefined {
  return /^[-A-Za-z0-9]+$/.test(value)
    ? undefined
    : "a valid HTTP header must consist of alphanumeric characters or '-'";
}

/**
 * The name of a port (an IANA service name, RFC 6335, in lower case): up to 15 characters with a letter among them.
 *
 * @source k8s.io/apimachinery pkg/util/validation/validation.go IsValidPortName 1.36
 */
export function portName(value: string): string | undefined {
  if (value.length > 15) return tooLong(value, 15);
  if (!/^[-a-z0-9]+$/.test(value))
    return 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)';
  if (!/[a-z]/.test(value)) return 'must contain at least one letter (a-z)';
  if (value.includes('--')) return 'must not contain consecutive hyphens';
  return /^-|-$/.test(value) ? 'must not begin or end with a hyphen' : undefined;
}

/** Length of the hash in a shortened name: 40 bits, so that two of a million names are unlikely to be the same. */
const HASH_LENGTH = 8;

/** Letters, digits and common word separators: a label expresses the same in lower case and with dashes. */
const WORDS = /^[a-zA-Z0-9]([a-zA-Z0-9._ -]*[a-zA-Z0-9])?$/;

/**
 * One DNS label for a path of ids: `['shop', 'api']` is `shop-api`, and so is `['Shop', 'API']`. A path that is longer
 * than `maxLength`, or contains characters that are invalid in a label, is cut and ends in a hash of the path, so that
 * no two paths get the same name.
 *
 * @param maxLength at least 10: room for a letter, a dash and the hash
 */
export function shorten(parts: readonly string[], maxLength: number): string {
  const name = parts.join('-');
  if (name.length <= maxLength && LABEL.test(name)) return name;
  const spelled = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '');
  if (spelled.length <= maxLength && WORDS.test(name)) return spelled;
  const room = maxLength - HASH_LENGTH - 1;
  // Text without characters that are valid in a label still needs a leading letter, or the name of a Service would
  // begin with a digit.
  const head = spelled.slice(0, room).replace(/-$/, '') || 'x';
  return `${head}-${hash(JSON.stringify(parts))}`;
}

/** The first 40 bits of SHA-256 in lower-case base 32 (RFC 4648), whose digits are all valid in a DNS label. */
function hash(text: string): string {
  const bits = createHash('sha256').update(text).digest().readUIntBE(0, 5);
  const digits = Array.from(
    { length: HASH_LENGTH },
    (_, i) => Math.floor(bits / 32 ** (HASH_LENGTH - 1 - i)) % 32,
  );
  return digits.map((digit) => 'abcdefghijklmnopqrstuvwxyz234567'.charAt(digit)).join('');
}

/**
 * `..`, and a name that begins with it, would leave the directory to which the kubelet writes the files of a volume.
 */
function parentDirectory(value: string): string | undefined {
  return value === '.' || value.startsWith('..') ? "must not be '.' or start with '..'" : undefined;
}

function tooLong(value: string, maxLength: number): string | undefined {
  return value.length > maxLength ? `must be no more than ${maxLength} characters` : undefined;
}
