/** Which cluster to talk to. */
export interface ConnectOptions {
  /**
   * Path of a kubeconfig; several, separated as in the variable KUBECONFIG, are merged.
   *
   * @default what kubectl reads: KUBECONFIG, ~/.kube/config, or the service account of the pod
   */
  readonly kubeconfig?: string;
  /** The context of the kubeconfig. @default its current one */
  readonly context?: string;
}
