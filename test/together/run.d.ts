/** Declares the tests of each suite of the group, under its path. */
export function runTogether(group: string): void;
