import type { IConstruct } from 'constructs';
import { report } from '../core/problems';

/** One replica of a StatefulService, by its name in the DNS. */
export interface ReplicaAddress {
  /** For pods of its namespace: `shop-db-0.shop-db`. */
  readonly host: string;
  /** Host and port: `shop-db-0.shop-db:5432`. */
  readonly address: string;
}

/** `postgres://shop-db:5432/shop`, of an address. Reports a scheme or path that makes no URL. */
export function urlOf(workload: IConstruct, address: string, scheme: string, path: string): string {
  const wrong = !/^[a-z][a-z\d+.-]*$/.test(scheme)
    ? `Invalid value: "${scheme}": must be the scheme of a URL, such as http`
    : !/^(?:$|[/?#])/.test(path)
      ? `Invalid value: "${path}": must begin with a slash`
      : undefined;
  if (wrong !== undefined) report(workload, { code: 'INVALID_PROP', path: 'url', message: wrong });
  return `${scheme}://${address}${path}`;
}
