import { formatIp, isIpv6, parseCidr, parseIp, type Cidr, type Ip } from '../../kube/ip';
import { CelError, OpaqueValue } from '../values/value';
import type { Result } from '../values/value';
import { CIDR, IP, functions, overload } from './overload';

class IpValue extends OpaqueValue {
  readonly type = IP;
  readonly ip: Ip;

  constructor(ip: Ip) {
    super();
    this.ip = ip;
  }

  override get size(): number {
    return this.ip.bytes.length;
  }

  override equals(other: OpaqueValue): boolean {
    return other instanceof IpValue && sameBytes(this.ip.bytes, other.ip.bytes);
  }
}

/** A CIDR block; keeps the original address. */
class CidrValue extends OpaqueValue {
  readonly type = CIDR;
  readonly cidr: Cidr;

  constructor(cidr: Cidr) {
    super();
    this.cidr = cidr;
  }

  override get size(): number {
    return Math.ceil(this.cidr.prefixLength / 8);
  }

  override equals(other: OpaqueValue): boolean {
    if (!(other instanceof CidrValue)) return false;
    const [mine, yours] = [this.cidr, other.cidr];
    return mine.prefixLength === yours.prefixLength && sameBytes(mine.ip.bytes, yours.ip.bytes);
  }

  get text(): string {
    return `${formatIp(this.cidr.ip)}/${this.cidr.prefixLength}`;
  }

  get masked(): CidrValue {
    const { ip, prefixLength } = this.cidr;
    return new CidrValue({ ...this.cidr, ip: { ...ip, bytes: maskedBytes(ip.bytes, prefixLength) } });
  }

  containsIp({ ip }: IpValue): boolean {
    const { prefixLength } = this.cidr;
    const mine = this.masked.cidr.ip.bytes;
    return mine.length === ip.bytes.length && sameBytes(mine, maskedBytes(ip.bytes, prefixLength));
  }

  containsCidr(other: CidrValue): boolean {
    return this.cidr.prefixLength <= other.cidr.prefixLength && this.containsIp(new IpValue(other.cidr.ip));
  }
}

function sameBytes(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

function maskedBytes(bytes: readonly number[], prefixLength: number): number[] {
  return bytes.map((byte, index) => {
    const bits = Math.min(8, Math.max(0, prefixLength - index * 8));
    return byte & ((0xff << (8 - bits)) & 0xff);
  });
}

/** Parses as Go's netip: no leading zeros, no zones, and no IPv4-mapped IPv6 address. */
function readIp(text: string): IpValue | CelError {
  const ip = parseIp(text);
  if (ip === undefined || ip.hasLeadingZeros || ip.isMapped)
    return new CelError(`${JSON.stringify(text)} is not an IP address`);
  return new IpValue(ip);
}

function readCidr(text: string): CidrValue | CelError {
  const cidr = parseCidr(text);
  if (cidr === undefined || cidr.hasLeadingZeros || cidr.ip.isMapped)
    return new CelError(`${JSON.stringify(text)} is not a block of addresses`);
  return new CidrValue(cidr);
}

const isRight = (value: OpaqueValue | CelError): boolean => !(value instanceof CelError);

function isCanonical(text: string): Result {
  const value = readIp(text);
  return value instanceof CelError ? value : formatIp(value.ip) === text;
}

/** A test of an address by its first bytes, and by whether it is all zeros or zeros that end in one. */
function isIpOf(ipv4: (bytes: readonly number[]) => boolean, ipv6: (bytes: readonly number[]) => boolean) {
  return ({ ip }: IpValue): boolean => (isIpv6(ip) ? ipv6(ip.bytes) : ipv4(ip.bytes));
}

const isZero = (bytes: readonly number[]): boolean => bytes.every((byte) => byte === 0);
const isOne = (bytes: readonly number[]): boolean => isZero(bytes.slice(0, -1)) && bytes.at(-1) === 1;

const isUnspecified = isIpOf(isZero, isZero);
const isLoopback = isIpOf(([first]) => first === 127, isOne);
const isLinkLocalUnicast = isIpOf(
  ([first, second]) => first === 169 && second === 254,
  ([first, second = 0]) => first === 0xfe && (second & 0xc0) === 0x80,
);
const isLinkLocalMulticast = isIpOf(
  ([first, second, third]) => first === 224 && second === 0 && third === 0,
  ([first, second = 0]) => first === 0xff && (second & 0x0f) === 2,
);
const isMulticast = isIpOf(
  ([first = 0]) => (first & 0xf0) === 0xe0,
  ([first]) => first === 0xff,
);
const isBroadcast = isIpOf(
  (bytes) => bytes.every((byte) => byte === 255),
  () => false,
);

function isGlobalUnicast(value: IpValue): boolean {
  const others = [isUnspecified, isLoopback, isLinkLocalUnicast, isMulticast, isBroadcast];
  return !others.some((is) => is(value));
}

const tested = (id: string, test: (value: IpValue) => boolean): ReturnType<typeof overload> =>
  overload<[IpValue]>(id, 'IP.(): bool', test);

/** Addresses and CIDR blocks; since 1.31. */
export const ADDRESSES = functions({
  ip: [
    overload<[string]>('string_to_ip', '(string): IP', readIp),
    overload<[CidrValue]>('cidr_ip', 'CIDR.(): IP', ({ cidr }) => new IpValue(cidr.ip)),
  ],
  isIP: [overload<[string]>('is_ip', '(string): bool', (text) => isRight(readIp(text)))],
  'ip.isCanonical': [overload<[string]>('ip_is_canonical', '(string): bool', isCanonical)],
  family: [overload<[IpValue]>('ip_family', 'IP.(): int', ({ ip }) => (isIpv6(ip) ? 6n : 4n))],
  isUnspecified: [tested('ip_is_unspecified', isUnspecified)],
  isLoopback: [tested('ip_is_loopback', isLoopback)],
  isLinkLocalMulticast: [tested('ip_is_link_local_multicast', isLinkLocalMulticast)],
  isLinkLocalUnicast: [tested('ip_is_link_local_unicast', isLinkLocalUnicast)],
  isGlobalUnicast: [tested('ip_is_global_unicast', isGlobalUnicast)],
  cidr: [overload<[string]>('string_to_cidr', '(string): CIDR', readCidr)],
  isCIDR: [overload<[string]>('is_cidr', '(string): bool', (text) => isRight(readCidr(text)))],
  containsIP: [
    overload<[CidrValue, string]>('cidr_contains_ip_string', 'CIDR.(string): bool', (cidr, text) => {
      const ip = readIp(text);
      return ip instanceof CelError ? ip : cidr.containsIp(ip);
    }),
    overload<[CidrValue, IpValue]>('cidr_contains_ip_ip', 'CIDR.(IP): bool', (cidr, ip) =>
      cidr.containsIp(ip),
    ),
  ],
  containsCIDR: [
    overload<[CidrValue, string]>('cidr_contains_cidr_string', 'CIDR.(string): bool', (cidr, text) => {
      const other = readCidr(text);
      return other instanceof CelError ? other : cidr.containsCidr(other);
    }),
    overload<[CidrValue, CidrValue]>('cidr_contains_cidr', 'CIDR.(CIDR): bool', (cidr, other) =>
      cidr.containsCidr(other),
    ),
  ],
  prefixLength: [
    overload<[CidrValue]>('cidr_prefix_length', 'CIDR.(): int', ({ cidr }) => BigInt(cidr.prefixLength)),
  ],
  masked: [overload<[CidrValue]>('cidr_masked', 'CIDR.(): CIDR', ({ masked }) => masked)],
  string: [
    overload<[IpValue]>('ip_to_string', '(IP): string', ({ ip }) => formatIp(ip)),
    overload<[CidrValue]>('cidr_to_string', '(CIDR): string', ({ text }) => text),
  ],
});
