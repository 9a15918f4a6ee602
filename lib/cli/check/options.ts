import { InvalidArgumentError, Option } from 'commander';
import type { CheckFormat } from '../../report/check/formats';
import { choice, chosen, repeated, valued } from '../options';
import { outputOption } from '../reports';
import { PRESETS, SEVERITIES, SWITCHES } from './config';
import type { RuleFlag } from './settings';

const FORMATS: readonly CheckFormat[] = ['text', 'json', 'markdown', 'sarif', 'junit', 'github'];

/** What `seaworthy check` takes beside what all commands on apps take. */
export function checkOptions(): Option[] {
  return [
    outputOption(FORMATS, 'sarif=report.sarif'),
    choice('--severity <least>', 'show findings of this severity and above', SEVERITIES),
    choice(
      '--fail-on <least>',
      'exit with 1 for findings of this severity and above (default: error)',
      SEVERITIES,
    ),
    choice('--preset <name>', 'which rules run (default: recommended)', PRESETS),
    repeated(
      '--rule <name=severity>',
      `${SWITCHES.join(', ')}: how much a rule matters (repeatable)`,
      readRule,
    ),
    valued('--kubernetes <release>', 'release of the cluster, such as 1.31'),
    repeated('--assume <file>', 'objects that are in the cluster already (repeatable)'),
    repeated('--crds <file>', 'definitions of custom resources that are in the cluster already (repeatable)'),
    new Option('--strict', 'a custom resource that nothing defines is an error'),
  ];
}

function readRule(value: string): RuleFlag {
  const equals = value.lastIndexOf('=');
  if (equals <= 0) throw new InvalidArgumentError('For example: policy/image-tag=off.');
  return { name: value.slice(0, equals), severity: chosen(value.slice(equals + 1), SWITCHES) };
}
