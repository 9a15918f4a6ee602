import { nearest, SeaworthyError, type Problem } from '../../errors';
import { isGenerations, MOST_GENERATIONS } from '../../output/generations';
import type { Layout } from '../../output/layout';
import { readCheckConfig, type CheckConfig } from './check-section';
import { readGitops, readLayout, readNames } from './gitops-section';
import type { Placement, Repository, TargetChoice } from '../../gitops/target';
import { readConfigFile, type ConfigFile } from './config-file';
import { isRecord, isText, readSectionAt, show, type Report } from './section';
import { isTimeout } from './timeout';

/** The part of cdk8s.yaml that we read. */
export interface Config {
  readonly app?: string;
  readonly output?: string;
  /** Time limit of the app in seconds, from the `seaworthy:` section. */
  readonly timeout?: number;
  /** How manifests are spread over files, from the `seaworthy:` section. */
  readonly layout?: Layout;
  /** How many former generations the output keeps, from the `seaworthy:` section. */
  readonly keepGenerations?: number;
  /** What `layout` says beyond that, for targets. */
  readonly placement?: Placement;
  /** What is written for which deployer, from the `seaworthy:` section. */
  readonly targets?: readonly TargetChoice[];
  /** The repository that deployers read, from the `seaworthy:` section. */
  readonly repository?: Partial<Repository>;
  /** The order in which changes reach the environments, from the `seaworthy:` section. */
  readonly environments?: readonly string[];
  /** What is checked and how, from the `seaworthy:` section. */
  readonly check?: CheckConfig;
  /** What the file asks for and we do not do. */
  readonly notes: readonly string[];
  /** Whether `validations` names plugins other than ours, which run in `cdk8s synth` only. */
  readonly hasOtherValidations?: boolean;
}

const NAME = 'cdk8s.yaml';

/** The keys that cdk8s reads, and our own section. */
const KEYS = [
  'app',
  'importDirectory',
  'imports',
  'language',
  'output',
  'pluginsDirectory',
  'seaworthy',
  'synthConfig',
  'validations',
];
const SECTION_KEYS = [
  'layout',
  'keepGenerations',
  'timeout',
  'targets',
  'repository',
  'environments',
  'check',
];

/**
 * Reads a cdk8s.yaml. The file belongs to cdk8s, whose next version may know more keys: an unknown key is noted and
 * ignored, unless it looks like a typing mistake. In our own section every unknown key is refused.
 *
 * @throws SeaworthyError CONFIG_TOO_LARGE or CONFIG_INVALID, with every problem and its line
 */
export function readConfig(path: string): Config {
  const file = readConfigFile(path);
  const problems: Problem[] = [];
  const notes: string[] = [];
  const report: Report = (keys, message, hint) => {
    const field = { path: keys.join('.'), source: file.source(keys) };
    problems.push({ code: 'CONFIG_INVALID', message, ...field, ...(hint !== undefined && { hint }) });
  };

  checkKeys(file, report, notes);
  checkSynthConfig(file.values['synthConfig'], report);
  const config = {
    ...readPaths(file, report),
    ...readSection(file, report),
    notes,
    hasOtherValidations: hasOtherValidations(file.values['validations']),
  };
  const [first, ...more] = problems;
  if (first !== undefined) throw new SeaworthyError(first, ...more);
  return config;
}

function checkKeys({ values }: ConfigFile, report: Report, notes: string[]): void {
  for (const key of Object.keys(values)) {
    if (KEYS.includes(key)) continue;
    const near = nearest(key, KEYS);
    if (near !== undefined) report([key], `unknown key "${key}"`, `Did you mean ${near}?`);
    else if (key === '__proto__') report([key], `"${key}" cannot be a key`);
    else notes.push(`${NAME}: unknown key "${key}" is ignored`);
  }
}

/** Whether cdk8s synth runs other checks than ours, which no command of ours does. */
function hasOtherValidations(validations: unknown): boolean {
  if (validations === undefined || validations === null) return false;
  if (!Array.isArray(validations)) return true;
  return validations.some((each) => !isRecord(each) || each['class'] !== 'SeaworthyValidation');
}

function readPaths({ values }: ConfigFile, report: Report): Pick<Config, 'app' | 'output'> {
  const { app, output } = values;
  if (app !== undefined && !isText(app)) {
    report(['app'], `expected a command, not ${show(app)}`, 'For example: app: jiti main.ts');
  }
  if (output !== undefined && !isText(output))
    report(['output'], `expected the path of a folder, not ${show(output)}`);
  return { ...(isText(app) && { app }), ...(isText(output) && { output }) };
}

function readSection(
  file: ConfigFile,
  report: Report,
): Omit<Config, 'app' | 'output' | 'notes' | 'hasOtherValidations'> {
  const section = readSectionAt(file.values['seaworthy'], ['seaworthy'], SECTION_KEYS, report);
  if (section === undefined) return {};
  const { timeout, keepGenerations } = section.values;
  if (timeout !== undefined && !isTimeout(timeout)) {
    report(['seaworthy', 'timeout'], `expected a number of seconds above 0, not ${show(timeout)}`);
  }
  if (keepGenerations !== undefined && !isGenerations(keepGenerations)) {
    const expected = `expected a whole number from 0 to ${MOST_GENERATIONS}`;
    report(['seaworthy', 'keepGenerations'], `${expected}, not ${show(keepGenerations)}`);
  }
  const check = readCheckConfig(section.values['check'], ['seaworthy', 'check'], report, (keys) =>
    file.source(keys),
  );
  const environments = readNames(section, report);
  return {
    ...(environments !== undefined && { environments }),
    ...(isTimeout(timeout) && { timeout }),
    ...readLayout(section, report),
    ...readGitops(section, report),
    ...(isGenerations(keepGenerations) && { keepGenerations }),
    ...(check !== undefined && { check }),
  };
}

/** Refuses a project that asks cdk8s for a Helm chart, instead of writing something else. */
function checkSynthConfig(synthConfig: unknown, report: Report): void {
  if (!isRecord(synthConfig) || synthConfig['format'] !== 'helm') return;
  const hint = 'Use cdk8s synth for the Helm chart, or leave out format.';
  report(['synthConfig', 'format'], 'seaworthy writes plain manifests, not Helm charts', hint);
}
