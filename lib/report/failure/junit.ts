import { attributes } from '../check/junit';
import { advice, name, sentence } from '../escape/terminal';
import { xml } from '../escape/xml';
import { visible } from '../../text';
import { aboutOf, type FailurePrinter, type FailureProblem } from './report';

/** JUnit's XML of a run that failed: a case with an error for each problem. */
export const junit: FailurePrinter = ({ command, problems }) => {
  const counts = { tests: problems.length, failures: 0, errors: problems.length };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes({ name: `seaworthy ${command}`, ...counts })}>`,
    `  <testsuite ${attributes({ name: `seaworthy ${command}`, ...counts })}>`,
    ...problems.map(caseOf),
    '  </testsuite>',
    '</testsuites>\n',
  ].join('\n');
};

function caseOf(problem: FailureProblem): string {
  const { code, message, hint, source } = problem;
  const about = aboutOf(problem);
  const told = sentence(message);
  const at = source && `at ${visible(`${source.file}:${source.line}`)}`;
  const said = [told, hint && advice(hint, '  '), at].filter(Boolean).join('\n');
  const head = attributes({ classname: about === '' ? 'seaworthy' : name(about), name: code });
  const error = `<error ${attributes({ type: code, message: told })}>${xml(said)}</error>`;
  return `    <testcase ${head}>\n      ${error}\n    </testcase>`;
}
