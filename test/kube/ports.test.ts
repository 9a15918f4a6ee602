import { portProblem, protocolProblem } from '../../lib/kube/ports';

test('a port is a whole number from 1 to 65535', () => {
  for (const port of [1, 80, 65535]) expect([port, portProblem(port)]).toEqual([port, undefined]);
  for (const port of [0, -1, 65536, 99999, 80.5, NaN])
    expect(portProblem(port)).toBe('must be between 1 and 65535, inclusive');
});

test('a protocol is TCP, UDP or SCTP, in capitals', () => {
  for (const protocol of ['TCP', 'UDP', 'SCTP'])
    expect([protocol, protocolProblem(protocol)]).toEqual([protocol, undefined]);
  for (const protocol of ['tcp', 'HTTP', ''])
    expect(protocolProblem(protocol)).toBe('must be SCTP, TCP or UDP, in capitals');
});
