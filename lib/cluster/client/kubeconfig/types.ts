import type { RequestOptions } from 'node:https';
import type { PlainRecord } from '../../../manifest/data';

/** `clusters[].cluster` of a kubeconfig. */
export interface KubeCluster {
  readonly name: string;
  readonly server: string;
  /** Certificates of those that sign the server's: a file, or the text of one as base64. */
  readonly authority: Material;
  readonly isInsecure: boolean;
  /** The name that the server's certificate has. @default that of `server` */
  readonly serverName: string | undefined;
  /** A proxy in front of the server. */
  readonly proxy: string | undefined;
}

/** `users[].user` of a kubeconfig. */
export interface KubeUser {
  readonly name: string;
  readonly certificate: Material;
  readonly key: Material;
  readonly token: string | undefined;
  readonly tokenFile: string | undefined;
  readonly username: string;
  readonly password: string;
  /** Who the user acts as. */
  readonly impersonated: Impersonated | undefined;
  /** `exec`: a program that says how to log in. */
  readonly plugin: PlainRecord | undefined;
  /** `auth-provider`. */
  readonly provider: PlainRecord | undefined;
}

/** `as`, `as-uid`, `as-groups` and `as-user-extra`. */
export interface Impersonated {
  readonly user: string;
  readonly uid: string;
  readonly groups: readonly string[];
  readonly extra: ReadonlyMap<string, readonly string[]>;
}

/** A certificate or key: in a file, as base64, or not given. */
export interface Material {
  /** An absolute path. */
  readonly file?: string;
  readonly data?: string;
}

/** A context of a kubeconfig with what it names. */
export interface Access {
  /** Name of the context: `kind-dev`. */
  readonly name: string;
  readonly namespace: string;
  readonly cluster: KubeCluster;
  readonly user: KubeUser;
}

/** What a request needs to reach a server and log in. Asked again, it may have other certificates and tokens. */
export type Login = () => Promise<RequestOptions>;
