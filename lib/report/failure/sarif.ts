import { artifact, fingerprint, SCHEMA } from '../check/sarif';
import { jsonText } from '../escape/json';
import { sarifText } from '../escape/sarif';
import { advice, name, sentence } from '../escape/terminal';
import { aboutOf, type FailurePrinter, type FailureProblem } from './report';

/** SARIF 2.1.0 of a run that failed: its problems are notifications, and results, which are all that most viewers show. */
export const sarif: FailurePrinter = ({ version, problems, fallback }) => {
  const codes = [...new Set(problems.map(({ code }) => code))];
  const rules = codes.map((id) => ({
    id,
    shortDescription: { text: 'Seaworthy could not finish.' },
    defaultConfiguration: { level: 'error' },
  }));
  const run = {
    tool: { driver: { name: 'Seaworthy', semanticVersion: version, rules } },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: false,
        exitCode: 2,
        toolExecutionNotifications: problems.map((problem) => ({
          descriptor: { id: problem.code },
          level: 'error',
          ...placed(problem, fallback),
        })),
      },
    ],
    results: problems.map((problem) => ({
      ruleId: problem.code,
      ruleIndex: codes.indexOf(problem.code),
      level: 'error',
      ...placed(problem, fallback),
      partialFingerprints: {
        primaryLocationLineHash: fingerprint([problem.code, aboutOf(problem), problem.message]),
      },
    })),
  };
  return jsonText({ $schema: SCHEMA, version: '2.1.0', runs: [run] });
};

function placed(problem: FailureProblem, fallback: string): object {
  const { message, hint, source } = problem;
  const about = aboutOf(problem);
  const said = [
    `${about === '' ? '' : `${name(about)}: `}${sentence(message)}`,
    ...(hint === undefined ? [] : [advice(hint, '')]),
  ];
  const physicalLocation = {
    artifactLocation: artifact(source?.file ?? fallback),
    region: { startLine: source?.line ?? 1 },
  };
  return { message: { text: sarifText(said.join('\n')) }, locations: [{ physicalLocation }] };
}
