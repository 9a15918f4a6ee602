/** A way to print a report. The choices of `--output`, completion and the reference are read from lists of these. */
export interface Format<Print> {
  /** As `--output` takes it: `sarif`. */
  readonly name: string;
  /** Who or what reads it, for the reference: `a comment on a pull request`. */
  readonly about: string;
  readonly print: Print;
}

/** The printer of each format by its name, from the function that prints all: a list of formats loads none of them. */
export function printerBy<Name, Given extends readonly unknown[]>(
  printAs: (format: Name, ...given: Given) => string,
): (format: Name) => (...given: Given) => string {
  return (format) =>
    (...given) =>
      printAs(format, ...given);
}
