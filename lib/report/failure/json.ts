import { cut } from '../../text';
import { jsonText } from '../escape/json';
import { LONGEST_MESSAGE } from '../escape/terminal';
import type { FailurePrinter } from './report';

/** Rises as in the reports of check and plan, which this stands for: it has `problems` in place of what they count. */
const FORMAT_VERSION = 1;

/** For programs. There is no summary and no list of findings, so that nothing is taken for checked. */
export const json: FailurePrinter = ({ version, problems }) =>
  jsonText({
    version: FORMAT_VERSION,
    seaworthy: version,
    problems: problems.map(({ code, place, path, message, hint, source }) => ({
      code,
      place,
      path,
      message: cut(message, LONGEST_MESSAGE),
      hint: hint && cut(hint, LONGEST_MESSAGE),
      source,
    })),
  });
