import type { Reason } from '../apiserver/admission/review';
import { INVALID_YAML, KUSTOMIZATION, UNREADABLE } from './broken';
import { DROPPED } from './dropped-fields';
import type { RuleFacts } from './facts-of-rule';
import { FIT_FACTS, isFitRule } from './fit-facts';
import { POD_SECURITY } from './rules/pod-security/pod-security-admission';
import { RULES } from './registry';
import type { Rule } from './rule';
import { RENAMED_SETTING } from './renamed-settings';
import { INVALID, RENAMED, UNUSED } from './suppression';

/** The findings of admission, by the reason of the API server. */
const REASONS: Readonly<Record<Reason, string>> = {
  'not-an-object':
    'Finds values that are not Kubernetes objects: not a map, or without apiVersion, kind or metadata.',
  'unserved-kind': 'Finds objects of an API version or kind that the release of the cluster does not serve.',
  'unknown-field': 'Finds unknown fields of a kind in the release of the cluster.',
  'wrong-type': 'Finds values of the wrong type.',
  malformed: 'Finds values that cannot be parsed, such as an invalid quantity.',
  required: 'Finds missing required fields.',
  invalid: 'Finds invalid values.',
  'not-supported': 'Finds values that are not among the supported values of a field.',
  duplicate: 'Finds duplicate values.',
  forbidden: 'Finds fields that must not be set.',
  'not-found': 'Finds references to a missing part of the same object.',
  'too-long': 'Finds values that are too long.',
  'too-many': 'Finds lists with too many items.',
};

const ADMISSION: readonly RuleFacts[] = Object.entries(REASONS).map(([reason, about]) => ({
  name: `admission/${reason}`,
  severity: 'error',
  about,
  why: 'The API server rejects the object.',
}));

const ADMISSION_OF_SETS: readonly RuleFacts[] = [
  {
    name: 'admission/warning',
    severity: 'warning',
    about:
      'Finds what the API server warns about when it accepts an object, in its words: deprecated API versions, fields, annotations and labels, and values that have no effect or will not be accepted by a later release.',
    why: 'kubectl shows the warning once; most pipelines and controllers drop it.',
  },
  {
    name: DROPPED,
    severity: 'warning',
    about:
      'Finds fields that the API server accepts and drops, because their feature gate is off in the release of the cluster: an error where a pod then hangs, or loses isolation, data or a limit.',
    why: 'The server answers as if it had stored the field, without a warning, even with strict validation and a dry run.',
  },
  {
    name: 'admission/policy',
    severity: 'error',
    about:
      'Finds objects that a ValidatingAdmissionPolicy in the set rejects through its binding: an error if the action is Deny, a warning if it is Warn.',
    why: 'The API server evaluates the policy before it accepts the object.',
  },
  {
    name: 'admission/no-definition',
    severity: 'info',
    about:
      'Finds custom resources without a CustomResourceDefinition in the set or among the assumed objects, of software whose own is not known. An error with preset strict.',
    why: 'Its fields are unknown, so they are not checked.',
  },
];

/** The rules about files and documents that are in no set, because nobody can tell what they declare. */
const BROKEN: readonly RuleFacts[] = [
  {
    name: INVALID_YAML,
    severity: 'error',
    about:
      'Finds documents that kubectl cannot read: YAML or JSON with a mistake, or text that is not UTF-8.',
    why: 'kubectl rejects the file. The other documents are checked.',
  },
  {
    name: UNREADABLE,
    severity: 'error',
    about: 'Finds files and folders that cannot be read.',
    why: 'What they hold is not checked.',
  },
  {
    name: KUSTOMIZATION,
    severity: 'error',
    about: 'Finds kustomizations that kubectl cannot build.',
    why: 'kubectl apply -k fails, too. What they build is not checked.',
  },
];

const POD_SECURITY_FACTS: RuleFacts = {
  name: POD_SECURITY,
  severity: 'error',
  about: 'Finds fields of pods that violate the Pod Security labels of their namespace.',
  why: 'The API server rejects such pods. It accepts the workload, whose pods are then never created.',
};

const SUPPRESSIONS: readonly RuleFacts[] = [
  {
    name: UNUSED,
    severity: 'warning',
    about: 'Finds suppressions of a rule that finds nothing there.',
    why: 'The problem is fixed, and the suppression would hide the next one.',
  },
  {
    name: INVALID,
    severity: 'error',
    about: 'Finds suppressions of an unknown rule, or without a reason.',
    why: 'It suppresses nothing, although it looks as if it did.',
  },
  {
    name: RENAMED,
    severity: 'info',
    about: 'Finds suppressions by the former name of a rule.',
    why: 'It still works, but reports and the reference use the current name.',
  },
];

const SETTINGS: readonly RuleFacts[] = [
  {
    name: RENAMED_SETTING,
    severity: 'info',
    about: 'Finds former names of rules in the settings.',
    why: 'It still works, but reports and the reference use the current name.',
  },
];

/** All rules, in the order of the reference page; custom rules follow the built-in ones. */
export function ruleFacts(own: readonly Rule[] = []): RuleFacts[] {
  return [
    ...ADMISSION,
    ...ADMISSION_OF_SETS,
    POD_SECURITY_FACTS,
    ...BROKEN,
    ...RULES,
    ...Object.values(FIT_FACTS),
    ...own.filter(({ name }) => !isFitRule(name)),
    ...SUPPRESSIONS,
    ...SETTINGS,
  ];
}
