import { visible } from '../../text';
import { advice, name, sentence } from '../escape/terminal';
import { commandData, commandProperty } from '../escape/workflow';
import { aboutOf, type FailurePrinter } from './report';

/** An annotation for each problem, as GitHub shows them: at a line if there is one. */
export const github: FailurePrinter = ({ command, problems, fallback }) =>
  problems
    .map((problem) => {
      const { code, message, hint, source } = problem;
      const about = aboutOf(problem);
      const properties = {
        file: visible(source?.file ?? fallback),
        line: String(source?.line ?? 1),
        title: `seaworthy ${command} (${code})`,
      };
      const said = [
        `${about === '' ? '' : `${name(about)}: `}${sentence(message)}`,
        ...(hint === undefined ? [] : [advice(hint, '  ')]),
      ];
      const list = Object.entries(properties).map(([key, value]) => `${key}=${commandProperty(value)}`);
      return `::error ${list.join(',')}::${commandData(said.join('\n'))}\n`;
    })
    .join('');
