export function compareWithList(files: readonly string[]): {
  readonly added: readonly string[];
  readonly missing: readonly string[];
};
