/** A control plane that runs; it ends with this process. */
export interface ControlPlane {
  /** Path of the kubeconfig. */
  readonly kubeconfig: string;
  /** Of each component, by its name. */
  readonly pids: Readonly<Record<string, number>>;
  readonly stop: () => Promise<void>;
}

/** Builds the control plane where that is needed, and starts it with three nodes on loopback. */
export function startControlPlane(): Promise<ControlPlane>;
