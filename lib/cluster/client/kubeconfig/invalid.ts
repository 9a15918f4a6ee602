import { SeaworthyError } from '../../../errors';

/** The error of a kubeconfig: it shows no value that stands there other than names. */
export function invalid(message: string, hint?: string, place = 'kubeconfig'): SeaworthyError {
  return new SeaworthyError({
    code: 'KUBECONFIG_INVALID',
    place,
    message,
    ...(hint !== undefined && { hint }),
  });
}
