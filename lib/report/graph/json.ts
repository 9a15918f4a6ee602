import { jsonText } from '../escape/json';
import type { GraphPrinter } from './report';

/** Incremented when a field is removed or changes its meaning; fields may be added at any time. */
const FORMAT_VERSION = 1;

/** For programs: the fields are stable, and those of `Drawing` in docs/reference/api.md. */
export const json: GraphPrinter = (parts) =>
  jsonText({
    version: FORMAT_VERSION,
    graphs: parts.map(({ app, folder, drawing }) => ({ app, folder, ...drawing })),
  });
