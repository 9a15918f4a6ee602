/** Every form that a line of a graph in Mermaid may have: what a name could add to it is none of them. */
export const MERMAID: readonly RegExp[] = [
  /^flowchart LR$/,
  /^ {2}subgraph g\d+\["[\p{L}\p{M}\p{N} .,/#;-]*"\]$/u,
  /^ {2}end$/,
  /^ {2,4}(?:n\d+|more)(?:\[|\{\{|\(\[|\[\/|\[\\|\[\(|>|\[\[|\()"(?:[\p{L}\p{M}\p{N} .,/#;-]|<br>)*"(?:\]|\}\}|\]\)|\/\]|\\\]|\)\]|\]\]|\))(?::::\w+)?$/u,
  /^ {2}n\d+ (?:-->|-\.->|==>)\|[a-z, ]+\| n\d+$/,
  /^ {2}linkStyle [\d,]+ [\w:#, -]+$/,
  /^ {2}classDef \w+ [\w:#, -]+$/,
  /^$/,
];
