/** `volumeMounts[]`: a volume at a path. */
export interface Mount {
  readonly name: string;
  readonly mountPath: string;
  readonly subPath?: string;
  readonly mountPropagation?: string;
  readonly readOnly?: boolean;
}
