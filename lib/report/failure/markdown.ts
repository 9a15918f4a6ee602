import { counted } from '../counts';
import { code, escape } from '../escape/markdown';
import { advice, name, sentence } from '../escape/terminal';
import { SIGNS } from '../severity';
import { aboutOf, type FailurePrinter, type FailureProblem } from './report';

/** Problems that are shown; a comment on a pull request has an end. */
const MOST_PROBLEMS = 10;

/** For a comment on a pull request, where the verdict of an earlier run is no longer true. */
export const markdown: FailurePrinter = ({ command, problems }) => {
  const shown = problems.slice(0, MOST_PROBLEMS).map(entry);
  const rest = problems.length - shown.length;
  const head = [`<!-- seaworthy ${command} -->`, `### ${SIGNS.error} Seaworthy: ${command} failed`, ''];
  return `${[...head, ...shown, ...(rest > 0 ? [`- … and ${counted(rest, 'more problem')}`] : [])].join('\n')}\n`;
};

function entry(problem: FailureProblem): string {
  const { message, hint, source } = problem;
  const about = aboutOf(problem);
  const place = about === '' ? '' : `${code(name(about))}: `;
  const more = [
    ...(hint === undefined ? [] : [escape(advice(hint, ''))]),
    ...(source === undefined ? [] : [`at ${code(name(`${source.file}:${source.line}`))}`]),
  ];
  return `- ${place}${[escape(sentence(message)), ...more].join('<br>')} <sub>${escape(problem.code)}</sub>`;
}
