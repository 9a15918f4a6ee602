/** `1 of 3 pods finds no node`. */
export function share(some: number, all: number, one: string, many: string): string {
  return `${some} of ${all} ${all === 1 ? 'pod' : 'pods'} ${some === 1 ? one : many}`;
}

/** `node-a`, `node-a or node-b`, `node-a or one of 3 others`. */
export function named(names: readonly string[]): string {
  const [first = '', second] = names;
  if (second === undefined) return first;
  return names.length === 2 ? `${first} or ${second}` : `${first} or one of ${names.length - 1} others`;
}
