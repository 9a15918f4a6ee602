import type { AddressBlock } from 'seaworthy';

/** Every address but those of private networks (RFC 1918). */
export const internet: AddressBlock = {
  cidr: '0.0.0.0/0',
  except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
};
