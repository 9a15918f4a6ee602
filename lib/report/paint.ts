type Colour = (text: string) => string;

/** Colours of a terminal, or functions that change nothing. */
export interface Paint {
  readonly bold: Colour;
  readonly dim: Colour;
  readonly red: Colour;
  readonly yellow: Colour;
  readonly green: Colour;
  readonly blue: Colour;
  readonly cyan: Colour;
}
