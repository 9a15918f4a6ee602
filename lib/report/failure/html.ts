import { counted } from '../counts';
import { pageText } from '../escape/html';
import { advice, name, sentence } from '../escape/terminal';
import { card, inline } from '../html/elements';
import { page } from '../html/page';
import { aboutOf, type FailurePrinter, type FailureProblem } from './report';

/** For people who open the file of an earlier run: its verdict is no longer true. */
export const html: FailurePrinter = ({ version, command, problems }) =>
  page({
    command,
    verdict: `${command} failed: ${counted(problems.length, 'problem')}`,
    tone: 'bad',
    about: 'There is nothing to report until this is fixed.',
    version,
    tabs: [{ id: 'problems', title: 'Problems', body: problems.map(entry).join('\n') }],
  });

function entry(problem: FailureProblem): string {
  const { message, hint, source, code } = problem;
  const about = aboutOf(problem);
  return card(
    [
      about === '' ? '' : `<h3>${inline(name(about))}</h3>`,
      `<p>${pageText(sentence(message))} <span class="soft">${pageText(code)}</span></p>`,
      hint === undefined ? '' : `<p>${pageText(advice(hint, ''))}</p>`,
      source === undefined ? '' : `<p class="soft">${inline(`${source.file}:${source.line}`)}</p>`,
    ].join(''),
  );
}
