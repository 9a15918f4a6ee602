/** Where Istio's proxies take connections that are tunnelled, in ambient mode ("Ports used by Istio"). */
export const HBONE_PORT = 15008;

/** Where Linkerd's proxies take connections (`proxy.ports.inbound` of its chart). */
export const LINKERD_PORT = 4143;

/** Ports of proxies that a mesh adds to pods, or to their network: no container of a template declares them. */
export const PROXY_PORTS: ReadonlySet<number> = new Set([HBONE_PORT, LINKERD_PORT]);
