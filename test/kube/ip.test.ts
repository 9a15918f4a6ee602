import { defaultGates } from '../../lib/kube/feature-gates';
import {
  canonicalCidrProblem,
  canonicalIpProblem,
  cidrProblem,
  endpointIpProblem,
  formatIp,
  ipProblem,
  isStrictlyWithin,
  parseCidr,
  parseIp,
} from '../../lib/kube/ip';

describe('an address', () => {
  it.each<[string, readonly number[] | undefined]>([
    ['10.9.8.7', [10, 9, 8, 7]],
    ['010.9.8.7', [10, 9, 8, 7]],
    ['::ffff:1.2.3.4', [1, 2, 3, 4]],
    ['::', new Array<number>(16).fill(0)],
    ['1::8', [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8]],
    ['1:2:3:4:5:6:7:8', [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]],
    ['10.9.8', undefined],
    ['10.9.8.256', undefined],
    ['10.9.8.7 ', undefined],
    ['1:2:3:4:5:6:7', undefined],
    ['1::2::3', undefined],
    ['1:2:3:4:5:6:7::8', undefined],
    ['12345::', undefined],
    ['fe80::1%eth0', undefined],
    ['', undefined],
  ])('%s is %j', (text, bytes) => {
    expect(parseIp(text)?.bytes).toEqual(bytes);
  });

  it.each([
    ['010.9.8.7', false],
    ['::ffff:1.2.3.4', false],
    ['fe80:0:0::1', true],
  ])('%s is taken since 1.36: %j, and was before', (text, isFine) => {
    expect(ipProblem(text, defaultGates('1.36')) === undefined).toBe(isFine);
    expect(ipProblem(text, defaultGates('1.35'))).toBeUndefined();
  });

  it.each([
    ['2001:db8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:DB8::0A', '2001:db8::a'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
    ['0:0::0', '::'],
    ['1::', '1::'],
    ['10.09.8.7', '10.9.8.7'],
  ])('%s is written %s', (text, canonical) => {
    const ip = parseIp(text);
    expect(ip && formatIp(ip)).toBe(canonical);
    expect(canonicalIpProblem(text) === undefined).toBe(text === canonical);
    expect(canonicalIpProblem(canonical)).toBeUndefined();
  });

  it.each(['0.0.0.0', '127.1.2.3', '169.254.0.1', '224.0.0.1', '::', '::1', 'fe80::1', 'ff02::1', 'x'])(
    '%s is none to send traffic to',
    (text) => {
      expect(endpointIpProblem(text)).toEqual(expect.any(String));
    },
  );

  it.each(['10.0.0.1', '2001:db8::1', '224.0.1.1'])('%s is one to send traffic to', (text) => {
    expect(endpointIpProblem(text)).toBeUndefined();
  });
});

describe('a block of addresses', () => {
  it.each([
    ['10.0.0.0/8', true],
    ['2001:db8::/32', true],
    ['0.0.0.0/0', true],
    ['10.0.0.0/33', false],
    ['10.0.0.0', false],
    ['10.0.0.0/', false],
    ['10.0.0.1/8', false],
    ['10.0.0.0/08', false],
  ])('%s is one: %j', (text, isFine) => {
    expect(cidrProblem(text, defaultGates('1.36')) === undefined).toBe(isFine);
  });

  it('may have bits beyond its prefix before 1.36', () => {
    expect(cidrProblem('10.0.0.1/8', defaultGates('1.35'))).toBeUndefined();
  });

  it.each([
    ['2001:db8::/32', true],
    ['2001:db8:0::/32', false],
    ['10.0.0.0/8', true],
    ['10.0.0.1/8', false],
    ['10.0.0.0', false],
  ])('%s is written as it should be: %j', (text, isFine) => {
    expect(canonicalCidrProblem(text) === undefined).toBe(isFine);
  });

  it.each([
    ['10.1.0.0/16', '10.0.0.0/8', true],
    ['10.0.0.0/8', '10.0.0.0/8', false],
    ['11.0.0.0/16', '10.0.0.0/8', false],
    ['10.64.0.0/10', '10.0.0.0/9', true],
    ['2001:db8::/48', '10.0.0.0/8', false],
  ])('%s lies within %s: %j', (inner, outer, isWithin) => {
    const [a, b] = [parseCidr(inner), parseCidr(outer)];
    expect(a !== undefined && b !== undefined && isStrictlyWithin(a, b)).toBe(isWithin);
  });
});
