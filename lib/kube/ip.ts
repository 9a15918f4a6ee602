import { newestGates, type FeatureGates } from './feature-gates';
import { remembered } from './remembered';

/** The 4 or 16 bytes of an address. An IPv4-mapped IPv6 address counts as IPv4, as in Go. */
export interface Ip {
  readonly bytes: readonly number[];
  readonly isMapped: boolean;
  /** Whether a part of an IPv4 address begins with a leading zero: some parsers read it as octal, others as decimal. */
  readonly hasLeadingZeros: boolean;
}

export interface Cidr {
  readonly ip: Ip;
  readonly prefixLength: number;
  readonly hasLeadingZeros: boolean;
}

const OCTET = /^\d{1,3}$/;

/**
 * Parses an address; undefined when `text` is not one. Accepts leading zeros, as ParseIPSloppy of `k8s.io/utils/net`
 * does.
 *
 * @source k8s.io/apimachinery pkg/util/validation/ip.go parseIP 1.36
 */
export function parseIp(text: string): Ip | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

export function isIpv6(ip: Ip): boolean {
  return ip.bytes.length === 16;
}

function parseIpv4(text: string): Ip | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d+$/.test(part) && Number(part) <= 255))
    return undefined;
  const hasLeadingZeros = parts.some((part) => part.length > 1 && part.startsWith('0'));
  return { bytes: parts.map(Number), isMapped: false, hasLeadingZeros };
}

function parseIpv6(text: string): Ip | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(groupsOf);
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...new Array<number>(missing).fill(0), ...(tail ?? [])];
  const bytes = groups.flatMap((group) => [group >> 8, group & 255]);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  return { bytes: isMapped ? bytes.slice(12) : bytes, isMapped, hasLeadingZeros: false };
}

/** The 16-bit groups of one side of `::`; the last two may be written as an IPv4 address. */
function groupsOf(half: string): number[] | undefined {
  if (half === '') return [];
  const parts = half.split(':');
  const last = parts.at(-1) ?? '';
  const groups: number[] = [];
  for (const part of parts.slice(0, last.includes('.') ? -1 : undefined)) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(part)) return undefined;
    groups.push(parseInt(part, 16));
  }
  if (!last.includes('.')) return groups;
  const ipv4 = last.split('.').every((part) => OCTET.test(part)) ? parseIpv4(last) : undefined;
  if (ipv4 === undefined || ipv4.hasLeadingZeros) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = ipv4.bytes;
  return [...groups, a * 256 + b, c * 256 + d];
}

/** Parses a CIDR block, an address and the length of its prefix; undefined when `text` is not one. */
export function parseCidr(text: string): Cidr | undefined {
  return cidrOf(text);
}

/** Policies repeat a few blocks. */
const cidrOf = remembered(readCidr);

function readCidr(text: string): Cidr | undefined {
  const slash = text.lastIndexOf('/');
  const [address, length] = [text.slice(0, Math.max(0, slash)), text.slice(slash + 1)];
  const ip = parseIp(address);
  if (slash < 0 || ip === undefined || !/^\d{1,5}$/.test(length)) return undefined;
  const prefixLength = Number(length);
  if (prefixLength > (address.includes(':') ? 128 : 32)) return undefined;
  const hasLeadingZeros = ip.hasLeadingZeros || (length.length > 1 && length.startsWith('0'));
  return { ip, prefixLength, hasLeadingZeros };
}

/**
 * What is wrong with an address in a legacy field. Since 1.36, where StrictIPCIDRValidation (KEP-4858) is on by
 * default, ambiguous notations are rejected.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go IsValidIPForLegacyField 1.36
 */
export function ipProblem(text: string, { isOn }: FeatureGates = newestGates): string | undefined {
  const ip = parseIp(text);
  if (ip === undefined) return 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
  if (!ip.hasLeadingZeros && !ip.isMapped) return undefined;
  if (!isOn('StrictIPCIDRValidation')) return undefined;
  if (ip.hasLeadingZeros) return 'must not have leading zeros';
  return ip.isMapped ? 'must not be an IPv4 address that is written as IPv6' : undefined;
}

/**
 * What is wrong with a CIDR block; as strict as `ipProblem`.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go IsValidCIDRForLegacyField 1.36
 */
export function cidrProblem(text: string, { isOn }: FeatureGates = newestGates): string | undefined {
  const cidr = parseCidr(text);
  if (cidr === undefined) return 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';
  const hasBits = hasBitsBeyond(cidr.ip.bytes, cidr.prefixLength);
  if (!cidr.hasLeadingZeros && !cidr.ip.isMapped && !hasBits) return undefined;
  if (!isOn('StrictIPCIDRValidation')) return undefined;
  if (cidr.hasLeadingZeros) return 'must not have leading zeros';
  if (cidr.ip.isMapped) return 'must not be IPv4 addresses that are written as IPv6';
  return hasBits ? `must not have bits set beyond the first ${cidr.prefixLength}` : undefined;
}

/**
 * What is wrong with an address in a field that has only ever accepted the canonical form.
 *
 * @source k8s.io/apimachinery pkg/util/validation/ip.go IsValidIP 1.36
 */
export function canonicalIpProblem(text: string): string | undefined {
  const problem = ipProblem(text);
  const ip = parseIp(text);
  if (problem !== undefined || ip === undefined) return problem;
  const canonical = formatIp(ip);
  return canonical === text ? undefined : `must be written as ${canonical}`;
}

/**
 * What is wrong with a CIDR block in a field that has only ever accepted the canonical form.
 *
 * @source k8s.io/apimachinery pkg/util/validation/ip.go IsValidCIDR 1.36
 */
export function canonicalCidrProblem(text: string): string | undefined {
  const problem = cidrProblem(text);
  const cidr = parseCidr(text);
  if (problem !== undefined || cidr === undefined) return problem;
  const canonical = `${formatIp(cidr.ip)}/${cidr.prefixLength}`;
  return canonical === text ? undefined : `must be written as ${canonical}`;
}

/**
 * The canonical form of an address: lower case, no leading zeros, the longest run of zero groups as `::` (RFC 5952).
 */
export function formatIp({ bytes }: Ip): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0));
  const [start, length] = longestZeros(groups);
  const write = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  if (length < 2) return write(groups);
  return `${write(groups.slice(0, start))}::${write(groups.slice(start + length))}`;
}

/** Start and length of the first of the longest runs of zeros. */
function longestZeros(groups: readonly number[]): [start: number, length: number] {
  let best: [number, number] = [0, 0];
  let run = 0;
  for (const [index, group] of groups.entries()) {
    run = group === 0 ? run + 1 : 0;
    if (run > best[1]) best = [index - run + 1, run];
  }
  return best;
}

/** Whether one block is a smaller block within another. */
export function isStrictlyWithin(inner: Cidr, outer: Cidr): boolean {
  return inner.prefixLength > outer.prefixLength && contains(outer, inner.ip);
}

/** Whether a block contains an address. */
export function contains({ ip: { bytes }, prefixLength }: Cidr, ip: Ip): boolean {
  if (ip.bytes.length !== bytes.length) return false;
  return ip.bytes.every((byte, index) => {
    const mask = maskOf(index, prefixLength);
    return (byte & mask) === ((bytes[index] ?? 0) & mask);
  });
}

function hasBitsBeyond(bytes: readonly number[], prefixLength: number): boolean {
  return bytes.some((byte, index) => (byte & ~maskOf(index, prefixLength) & 255) !== 0);
}

/** The bits of byte `index` that belong to a prefix. */
function maskOf(index: number, prefixLength: number): number {
  const bits = Math.min(8, Math.max(0, prefixLength - index * 8));
  return (0xff << (8 - bits)) & 0xff;
}

/**
 * What is wrong with an address that receives traffic: an endpoint, or an external IP of a Service.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateEndpointIP 1.36
 */
export function endpointIpProblem(text: string): string | undefined {
  const ip = parseIp(text);
  if (ip === undefined) return 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
  const [first = 0, second = 0, third = 0] = ip.bytes;
  const ends = ip.bytes.slice(0, -1).every((byte) => byte === 0) ? ip.bytes.at(-1) : undefined;
  if (isIpv6(ip)) {
    if (ends === 0) return 'must not be the unspecified address';
    if (ends === 1) return 'must not be a loopback address';
    if (first === 0xfe && (second & 0xc0) === 0x80) return 'must not be a link-local address';
    return first === 0xff && (second & 0x0f) === 2 ? 'must not be a link-local multicast address' : undefined;
  }
  if (ends === 0) return 'must not be the unspecified address';
  if (first === 127) return 'must not be a loopback address';
  if (first === 169 && second === 254) return 'must not be a link-local address';
  return first === 224 && second === 0 && third === 0
    ? 'must not be a link-local multicast address'
    : undefined;
}
