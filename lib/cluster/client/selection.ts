/** Which objects of a kind are listed. */
export interface Selection {
  /** @default all namespaces */
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  /** Whether their metadata are enough. @default false */
  readonly metadataOnly?: boolean | undefined;
}
