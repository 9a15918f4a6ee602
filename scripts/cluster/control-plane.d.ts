/** A control plane that runs; it ends with this process. */
export interface ControlPlane {
  /** Path of the kubeconfig. */
  readonly kubeconfig: string;
  /** Where its data, logs and certificates are. */
  readonly folder: string;
  /** Components that do not run, since KUBEBUILDER_ASSETS has no program for them. */
  readonly without: readonly string[];
  readonly stop: () => Promise<void>;
}

/**
 * Builds the control plane where that is needed, and starts it with three nodes on loopback.
 *
 * @param folder for its data; a new one if it is missing
 * @param release of Kubernetes for which there is a `go-RELEASE.mod`; that of go.mod if it is missing
 */
export function startControlPlane(folder?: string, release?: string): Promise<ControlPlane>;

export type Component = 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler';

/** What tests may do to a control plane that runs. */
export interface Victim {
  readonly folder: string;
  /** Kills all of it at once (SIGKILL), and returns when nothing of it listens any more. */
  readonly kill: () => Promise<void>;
  /** Starts it again after `kill`, with the same data, ports and certificates. */
  readonly restart: () => Promise<void>;
  /** Kills one component; it is started again after a second. */
  readonly killComponent: (name: Component) => void;
  readonly pidOf: (name: Component) => number | undefined;
}

/** The control plane that wrote `kubeconfig`; `undefined` where that is of another cluster. */
export function controlPlaneOf(kubeconfig: string): Victim | undefined;
