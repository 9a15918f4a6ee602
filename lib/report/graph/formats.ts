import { printerBy, type Format } from '../format';
import { printAs } from './printers';
import type { GraphPrinter } from './report';

/** A way to print the graph of an application. */
export interface GraphFormat extends Format<GraphPrinter> {
  /** Whether it takes the graphs of several clusters. */
  readonly takesMany?: true;
}

const printed = printerBy(printAs);

/** Every format of `seaworthy graph`, the default one first. */
export const GRAPH_FORMATS: readonly [GraphFormat, ...GraphFormat[]] = [
  { name: 'mermaid', about: 'Markdown of GitHub and GitLab, which draw it', print: printed('mermaid') },
  { name: 'dot', about: 'Graphviz', print: printed('dot') },
  { name: 'svg', about: 'browsers, in light and dark', print: printed('svg') },
  { name: 'json', about: 'programs, with stable field names', print: printed('json'), takesMany: true },
];
