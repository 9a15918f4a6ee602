import type { Construct } from 'constructs';
import type { Env, Probes, Resources, Security, WebServiceProps } from 'seaworthy';
import { WebService } from 'seaworthy';

/** The release that all images of the boutique belong to. */
const RELEASE = 'v0.10.6';

/** The image of one part of the boutique. */
export function boutiqueImage(part: string): string {
  return `us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo/${part}:${RELEASE}`;
}

/** No process of the boutique is root, or can become it. */
export const SECURITY: Security = { runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, privileged: false };

/** What most services need. */
const RESOURCES: Resources = {
  cpu: { request: '100m', limit: '200m' },
  memory: { request: '64Mi', limit: '128Mi' },
};

/** The gRPC health service decides on traffic and restarts alike. Times are in seconds. */
export function grpcProbes(
  timing: { readonly initialDelay?: number; readonly period?: number } = {},
): Probes {
  return { readiness: { grpc: true, ...timing }, liveness: { grpc: true, ...timing } };
}

export interface MicroserviceProps extends Omit<WebServiceProps, 'image'> {
  /** Name of its image. */
  readonly part: string;
  /** The services that it calls, by the variable that tells it their addresses. @default none */
  readonly calls?: Readonly<Record<string, WebService>>;
}

/** A service of the boutique: it learns the addresses of those that it calls, and may call no others. */
export class Microservice extends WebService {
  constructor(scope: Construct, id: string, { part, calls = {}, env, ...props }: MicroserviceProps) {
    super(scope, id, {
      image: boutiqueImage(part),
      security: SECURITY,
      resources: RESOURCES,
      probe: grpcProbes(),
      env: { ...env, ...addresses(calls) },
      ...props,
    });
    for (const service of Object.values(calls)) this.connectsTo(service);
  }
}

function addresses(calls: Readonly<Record<string, WebService>>): Env {
  return Object.fromEntries(Object.entries(calls).map(([name, { address }]) => [name, address]));
}
