import type { Port } from './ports';

/**
 * Ports that speak something other than HTTP, by their IANA service names (Service Name and Transport Protocol Port Number
 * Registry). Meshes and load balancers read the name of a port: one called "http" is parsed as HTTP, which breaks others.
 */
const OTHER_PROTOCOLS: ReadonlyMap<number, string> = new Map([
  [21, 'ftp'],
  [22, 'ssh'],
  [25, 'smtp'],
  [53, 'domain'],
  [110, 'pop3'],
  [143, 'imap'],
  [389, 'ldap'],
  [443, 'https'],
  [587, 'submission'],
  [636, 'ldaps'],
  [993, 'imaps'],
  [1433, 'ms-sql-s'],
  [1883, 'mqtt'],
  [2049, 'nfs'],
  [3306, 'mysql'],
  [5432, 'postgresql'],
  [5671, 'amqps'],
  [5672, 'amqp'],
  [6379, 'redis'],
  [8883, 'secure-mqtt'],
  [11211, 'memcache'],
  [27017, 'mongodb'],
]);

/**
 * What the only port of a service is called, by its number, its protocol or its probe.
 *
 * @param isProbed whether a probe asks it by HTTP
 * @param usual what it is called where nothing is known
 */
export function servedPortName(port: number | Port | undefined, isProbed: boolean, usual = 'http'): string {
  const { port: number, protocol = 'TCP' } = typeof port === 'object' ? port : { port };
  const other = number === undefined ? undefined : OTHER_PROTOCOLS.get(number);
  if (isProbed && other !== 'https') return 'http';
  return other ?? (protocol === 'TCP' ? usual : 'main');
}
