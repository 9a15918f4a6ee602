import type { Decide, NextStatus, Render } from '../types';

/** What an operator thinks, apart from what it does: pure functions. */
export interface Logic {
  readonly render: Render;
  readonly decide: Decide;
  readonly nextStatus: NextStatus;
}
