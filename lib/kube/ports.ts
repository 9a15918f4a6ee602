import { oneOf } from '../errors';

/** The protocols of a port; TCP is the default (`ContainerPort.protocol`, `ServicePort.protocol`). */
export const PROTOCOLS = ['SCTP', 'TCP', 'UDP'] as const;

export type Protocol = (typeof PROTOCOLS)[number];

/**
 * What is wrong with a port number; undefined for an integer from 1 to 65535.
 *
 * @source k8s.io/apimachinery pkg/util/validation/validation.go IsValidPortNum 1.36
 */
export function portProblem(port: number): string | undefined {
  return Number.isInteger(port) && port >= 1 && port <= 65535
    ? undefined
    : 'must be between 1 and 65535, inclusive';
}

/**
 * What is wrong with the protocol of a port.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateContainerPorts 1.36
 */
export function protocolProblem(protocol: string): string | undefined {
  return PROTOCOLS.some((known) => known === protocol)
    ? undefined
    : `must be ${oneOf(PROTOCOLS)}, in capitals`;
}
