import type { Drawing } from '../../draw/drawing';

/** The graph of one cluster, or of the objects of one folder. */
export interface GraphPart {
  /** Name of the app, if it has one. */
  readonly app?: string;
  /** Name of the folder or file, where several are drawn by themselves. */
  readonly folder?: string;
  readonly drawing: Drawing;
}

/** Makes a text of graphs: a pure function, whose result ends in a line break. A picture takes one, data any number. */
export type GraphPrinter = (parts: readonly GraphPart[]) => string;

/** A printer of the first graph: one of nothing where there is none. */
export function picture(print: (drawing: Drawing) => string): GraphPrinter {
  return ([part]) => print(part?.drawing ?? { nodes: [], edges: [], groups: [] });
}
