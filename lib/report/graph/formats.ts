import type { Format } from '../format';
import { dot } from './dot';
import { json } from './json';
import { mermaid } from './mermaid';
import { picture, type GraphPrinter } from './report';
import { svg } from './svg';

/** A way to print the graph of an application. */
export interface GraphFormat extends Format<GraphPrinter> {
  /** Whether it takes the graphs of several clusters. */
  readonly takesMany?: true;
}

/** Every format of `seaworthy graph`, the default one first. */
export const GRAPH_FORMATS: readonly [GraphFormat, ...GraphFormat[]] = [
  { name: 'mermaid', about: 'Markdown of GitHub and GitLab, which draw it', print: picture(mermaid) },
  { name: 'dot', about: 'Graphviz', print: picture(dot) },
  { name: 'svg', about: 'browsers, in light and dark', print: picture(svg) },
  { name: 'json', about: 'programs, with stable field names', print: json, takesMany: true },
];
