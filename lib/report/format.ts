/** A way to print a report. The choices of `--output`, completion and the reference are read from lists of these. */
export interface Format<Print> {
  /** As `--output` takes it: `sarif`. */
  readonly name: string;
  /** Who reads it, for the reference page. */
  readonly about: string;
  readonly print: Print;
}
