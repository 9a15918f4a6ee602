import { dot } from './dot';
import { json } from './json';
import { mermaid } from './mermaid';
import { picture, type GraphPart } from './report';
import { svg } from './svg';

const PRINTERS = { mermaid: picture(mermaid), dot: picture(dot), svg: picture(svg), json };

/** Prints graphs in a format. */
export function printAs(format: keyof typeof PRINTERS, parts: readonly GraphPart[]): string {
  return PRINTERS[format](parts);
}
