/** A point, in pixels from the upper left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle: `x` and `y` are its upper left corner, in pixels. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** Where everything of a drawing is. */
export interface DrawingLayout {
  readonly width: number;
  readonly height: number;
  /** One for each node, by its `id`. */
  readonly nodes: ReadonlyMap<string, Box>;
  /** One for each group, by its `id`. */
  readonly groups: ReadonlyMap<string, Box>;
  /** In the order of the drawing's edges: the points of the line, from where it leaves a node to where it enters one. */
  readonly edges: readonly (readonly Point[])[];
}
