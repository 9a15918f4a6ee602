import type { Format } from '../format';
import { redactPlan, redactPlannedObjects } from '../redact/plan';
import { html } from './html';
import { json } from './json';
import { markdown } from './markdown';
import type { PlanPrinter } from './report';
import { text } from './text';

/** A way to print a plan. */
export type PlanFormat = Format<PlanPrinter>;

/** No printer gets a plan with secrets in it. */
function redacted(print: PlanPrinter): PlanPrinter {
  return (report, paint) => print(redactPlan(report), paint);
}

/** The format of `--out`, which `--output json` prints too. */
export const PLAN_JSON: PlanFormat = {
  name: 'json',
  about: 'programs, with stable field names',
  print: redacted(json),
};

/** Every format of `seaworthy plan`, the default one first. */
export const PLAN_FORMATS: readonly [PlanFormat, ...PlanFormat[]] = [
  {
    name: 'text',
    about: 'people: the first of many objects and fields, or all with `--full`',
    print: redacted(text),
  },
  PLAN_JSON,
  {
    name: 'markdown',
    about:
      'a comment on a pull request: a graph of what the change touches, what is bad in sight, the rest folded away',
    print: redacted(markdown),
  },
  {
    name: 'html',
    about: 'people: one page with the consequences and each changed field, for a browser or as a CI artifact',
    print: (report, paint) => html(redactPlannedObjects(redactPlan(report)), paint),
  },
];
