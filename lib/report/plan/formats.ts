import { printerBy, type Format } from '../format';
import { printAs } from './printers';
import type { PlanPrinter } from './report';

/** A way to print a plan. */
export type PlanFormat = Format<PlanPrinter>;

const printed = printerBy(printAs);

/** The format of `--out`, which `--output json` prints too. */
export const PLAN_JSON: PlanFormat = {
  name: 'json',
  about: 'programs, with stable field names',
  print: printed('json'),
};

/** Every format of `seaworthy plan`, the default one first. */
export const PLAN_FORMATS: readonly [PlanFormat, ...PlanFormat[]] = [
  {
    name: 'text',
    about: 'people: the first of many objects and fields, or all with `--full`',
    print: printed('text'),
  },
  PLAN_JSON,
  {
    name: 'markdown',
    about:
      'a comment on a pull request: a graph of what the change touches, what is bad in sight, the rest folded away',
    print: printed('markdown'),
  },
  {
    name: 'html',
    about: 'people: one page with the consequences and each changed field, for a browser or as a CI artifact',
    print: printed('html'),
  },
];
