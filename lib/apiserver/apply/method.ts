/**
 * How objects are applied:
 *
 * - `server-side`: `kubectl apply --server-side`, Argo CD with `ServerSideApply=true`, Flux, Helm 4
 * - `client-side`: `kubectl apply`, Argo CD by default
 * - `helm`: `helm upgrade` of Helm 3
 */
export type ApplyMethod = (typeof APPLY_METHODS)[number];

/** How one object is sent: as all are, or whole, as by `kubectl replace`. */
export type RequestMethod = ApplyMethod | 'replace';

export const APPLY_METHODS = ['server-side', 'client-side', 'helm'] as const;
