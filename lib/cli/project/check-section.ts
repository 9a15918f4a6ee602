import { SEVERITIES, type Severity } from '../../check/finding';
import { PRESETS, SWITCHES, type CheckSettings } from '../../check/settings';
import {
  isRecord,
  isText,
  readPathsAt,
  readSectionAt,
  readWord,
  show,
  type Report,
  type Section,
} from './section';

/** The section `check` of cdk8s.yaml. Paths are as written, from the folder of the file. */
export interface CheckConfig extends CheckSettings {
  readonly kubernetes?: string;
  readonly failOn?: Severity;
  readonly environments: Readonly<Record<string, CheckSettings>>;
  readonly assume: readonly string[];
  readonly crds: readonly string[];
  /** Modules with rules of the user's own. */
  readonly plugins: readonly string[];
  /** `cdk8s.yaml:3`, the line of a key below the section. */
  readonly source: (keys: readonly string[]) => string;
}

const SETTINGS = ['preset', 'rules'];
const KEYS = [...SETTINGS, 'environments', 'failOn', 'kubernetes', 'assume', 'crds', 'plugins'];

/** Reads the section, whose problems go to `report`. */
export function readCheckConfig(
  value: unknown,
  keys: readonly string[],
  report: Report,
  source: (keys: readonly string[]) => string,
): CheckConfig | undefined {
  const section = readSectionAt(value, keys, KEYS, report);
  if (section === undefined) return undefined;
  const failOn = readWord(section, 'failOn', SEVERITIES, report);
  const kubernetes = readRelease(section, report);
  return {
    ...readSettings(section, report),
    ...(failOn !== undefined && { failOn }),
    ...(kubernetes !== undefined && { kubernetes }),
    environments: readEnvironments(section, report),
    assume: readPathsAt(section, 'assume', report),
    crds: readPathsAt(section, 'crds', report),
    plugins: readPathsAt(section, 'plugins', report),
    source: (below) => source([...keys, ...below]),
  };
}

function readSettings(section: Section, report: Report): CheckSettings {
  const preset = readWord(section, 'preset', PRESETS, report);
  const severities = readRules(section, report);
  return { ...(preset !== undefined && { preset }), ...(severities !== undefined && { severities }) };
}

/** Severities by the name of the rule. Unknown rules are found later, when all rules are loaded. */
function readRules({ values, keys }: Section, report: Report): CheckSettings['severities'] | undefined {
  const { rules } = values;
  if (rules === undefined || rules === null) return undefined;
  if (!isRecord(rules)) {
    report(
      [...keys, 'rules'],
      `expected a severity for each rule, not ${show(rules)}`,
      'For example: policy/image-tag: off',
    );
    return undefined;
  }
  const section = { values: rules, keys: [...keys, 'rules'] };
  const severities = new Map<string, Severity | 'off'>();
  for (const name of Object.keys(rules)) {
    const severity = readWord(section, name, SWITCHES, report);
    if (severity !== undefined) severities.set(name, severity);
  }
  return Object.fromEntries(severities);
}

function readEnvironments(
  { values, keys }: Section,
  report: Report,
): Readonly<Record<string, CheckSettings>> {
  const { environments } = values;
  const below = [...keys, 'environments'];
  if (environments === undefined || environments === null) return {};
  if (!isRecord(environments)) {
    report(below, `expected settings for each environment, not ${show(environments)}`);
    return {};
  }
  const read = Object.keys(environments).map((name): [string, CheckSettings] => {
    const section = readSectionAt(environments[name], [...below, name], SETTINGS, report);
    return [name, section === undefined ? {} : readSettings(section, report)];
  });
  return Object.fromEntries(read);
}

function readRelease({ values, keys }: Section, report: Report): string | undefined {
  const { kubernetes } = values;
  if (kubernetes === undefined || isText(kubernetes)) return kubernetes;
  // YAML reads 1.30 as the number 1.3.
  const hint = typeof kubernetes === 'number' ? 'Quote it: kubernetes: "1.31".' : undefined;
  report([...keys, 'kubernetes'], `expected a release in quotes, not ${show(kubernetes)}`, hint);
  return undefined;
}
