import { contains, formatIp, isIpv6, parseCidr, parseIp, type Cidr } from '../../kube/ip';
import { remembered } from '../../kube/remembered';
import type { Field } from '../../manifest/field';
import { quoted, type Warnings } from './warning';

/**
 * An address that is accepted, and written in a way that is not.
 *
 * @source k8s.io/apimachinery pkg/util/validation/ip.go GetWarningsForIP 1.37
 */
export function address(field: Field, warnings: Warnings): void {
  const { text } = field;
  const ip = parseIp(text);
  if (ip === undefined) return;
  const standard = formatIp(ip);
  if (ip.hasLeadingZeros || ip.isMapped) {
    const since36 = warnings.since('1.36');
    const fate = since36 ? 'is invalid' : 'will be considered invalid in a future Kubernetes release';
    warnings.add(field, `non-standard IP address ${quoted(text)} ${fate}: use ${quoted(standard)}`);
  } else if (isIpv6(ip) && standard !== text) {
    const form = `should be in RFC 5952 canonical format (${quoted(standard)})`;
    warnings.add(field, `IPv6 address ${quoted(text)} ${form}`);
  }
}

/** @source k8s.io/apimachinery pkg/util/validation/ip.go GetWarningsForCIDR 1.37 */
export function cidr(field: Field, warnings: Warnings): void {
  const { text } = field;
  if (isStandard(text)) return;
  const block = parseCidr(text);
  if (block === undefined) return;
  const found = [...ambiguous(text, block), ...nonStandard(text, block, warnings)];
  for (const message of found) warnings.add(field, message);
  const standard = networkOf(block);
  if (found.length > 0 || !isIpv6(block.ip) || standard === text) return;
  const form = `should be in RFC 5952 canonical format (${quoted(standard)})`;
  warnings.add(field, `IPv6 CIDR value ${quoted(text)} ${form}`);
}

/** Whether no release warns of a block: policies repeat a few of them. */
const isStandard = remembered((text) => {
  const block = parseCidr(text);
  if (block === undefined) return true;
  const isPlain = !block.hasLeadingZeros && !block.ip.isMapped && ambiguous(text, block).length === 0;
  return isPlain && (!isIpv6(block.ip) || networkOf(block) === text);
});

function ambiguous(text: string, block: Cidr): string[] {
  const standard = networkOf(block);
  const single = `${formatIp(block.ip)}/${8 * block.ip.bytes.length}`;
  if (standard === `${formatIp(block.ip)}/${lengthOf(block)}`) return [];
  const choice = `(should be ${quoted(standard)} or ${quoted(single)}?)`;
  return [`CIDR value ${quoted(text)} is ambiguous in this context ${choice}`];
}

function nonStandard(text: string, block: Cidr, warnings: Warnings): string[] {
  if (!block.hasLeadingZeros && !block.ip.isMapped) return [];
  const since36 = warnings.since('1.36');
  const fate = since36 ? 'is invalid' : 'will be considered invalid in a future Kubernetes release';
  return [`non-standard CIDR value ${quoted(text)} ${fate}: use ${quoted(networkOf(block))}`];
}

/** The length of the prefix; that of an IPv4 address that is written as IPv6 counts from its own first bit. */
function lengthOf({ ip, prefixLength }: Cidr): number {
  return ip.isMapped ? Math.max(0, prefixLength - 96) : prefixLength;
}

/** The block as Go writes it: without the bits beyond its prefix. */
function networkOf(block: Cidr): string {
  const length = lengthOf(block);
  const zero = { ...block.ip, bytes: block.ip.bytes.map(() => 0) };
  const bytes = block.ip.bytes.map((byte, index) => {
    const bits = Math.min(8, Math.max(0, length - index * 8));
    return byte & (0xff << (8 - bits)) & 0xff;
  });
  const network = contains({ ...block, ip: zero, prefixLength: 0 }, block.ip) ? { ...block.ip, bytes } : zero;
  return `${formatIp(network)}/${length}`;
}

/**
 * An address of a Service before 1.33, in the words of Go's `net/netip`.
 *
 * @source k8s.io/kubernetes pkg/api/service/warnings.go getWarningsForIP 1.32
 */
export function addressBefore133(field: Field, warnings: Warnings): void {
  const { text } = field;
  const ip = parseIp(text);
  if (ip === undefined) return;
  if (ip.hasLeadingZeros) {
    const why = `ParseAddr(${quoted(text)}): IPv4 field has octet with leading zero`;
    warnings.add(
      field,
      `IP address was accepted, but will be invalid in a future Kubernetes release: ${why}`,
    );
    return;
  }
  const standard = ip.isMapped ? `::ffff:${formatIp(ip)}` : formatIp(ip);
  if (!text.includes(':') || standard === text) return;
  const form = `is not in RFC 5952 canonical format (${quoted(standard)}), which may cause controller apply-loops`;
  warnings.add(field, `IPv6 address ${quoted(text)} ${form}`);
}

/** @source k8s.io/kubernetes pkg/api/service/warnings.go getWarningsForCIDR 1.32 */
export function cidrBefore133(field: Field, warnings: Warnings): void {
  const { text } = field;
  const block = parseCidr(text);
  if (block === undefined) return;
  const [written = '', length = ''] = text.split('/');
  if (block.hasLeadingZeros) {
    const why = block.ip.hasLeadingZeros
      ? `ParseAddr(${quoted(written)}): IPv4 field has octet with leading zero`
      : `bad bits after slash: ${quoted(length)}`;
    const error = `netip.ParsePrefix(${quoted(text)}): ${why}`;
    warnings.add(
      field,
      `IP prefix was accepted, but will be invalid in a future Kubernetes release: ${error}`,
    );
    return;
  }
  const standard = `${block.ip.isMapped ? '::ffff:' : ''}${formatIp(block.ip)}/${length}`;
  if (!written.includes(':') || standard === text) return;
  const form = `is not in RFC 5952 canonical format (${quoted(standard)}), which may cause controller apply-loops`;
  warnings.add(field, `IPv6 prefix ${quoted(text)} ${form}`);
}
