type Colour = (text: string) => string;

/** Colours of a terminal, or nothing in their place. */
export interface Paint {
  readonly bold: Colour;
  readonly dim: Colour;
  readonly red: Colour;
  readonly yellow: Colour;
  readonly green: Colour;
  readonly blue: Colour;
  readonly cyan: Colour;
}
