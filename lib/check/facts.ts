import type { Reason } from '../apiserver/admission/review';
import type { Severity } from './finding';
import { POD_SECURITY } from './rules/pod-security/pod-security-admission';
import { RULES } from './registry';
import type { Example, Rule } from './rule';
import { RENAMED_SETTING } from './renamed-settings';
import { INVALID, RENAMED, UNUSED } from './suppression';

/** What reports and the reference say about a rule. */
export interface RuleFacts {
  readonly name: string;
  readonly severity: Severity;
  readonly strict?: boolean;
  /** What it finds, in one sentence. */
  readonly about: string;
  /** Why that matters. */
  readonly why: string;
  readonly example?: Example;
}

/** The findings of admission, by the reason that the API server gives. */
const REASONS: Readonly<Record<Reason, string>> = {
  'not-an-object': 'Finds what is no Kubernetes object: no map, or one without apiVersion, kind or metadata.',
  'unserved-kind': 'Finds an object of a version or kind that the release of the cluster does not serve.',
  'unknown-field': 'Finds a field that the kind does not have in the release of the cluster.',
  'wrong-type': 'Finds a value of another type than its field has.',
  malformed: 'Finds a value that cannot be read, such as a quantity that is none.',
  required: 'Finds a field that is missing and has to be there.',
  invalid: 'Finds a value that its field does not take.',
  'not-supported': 'Finds a value that is none of those that its field knows.',
  duplicate: 'Finds a value that stands twice where each may stand once.',
  forbidden: 'Finds a field that may not be set here.',
  'not-found': 'Finds a reference to another part of the object that is not there.',
  'too-long': 'Finds a value that is longer than its field takes.',
  'too-many': 'Finds a list with more items than it may have.',
};

const ADMISSION: readonly RuleFacts[] = Object.entries(REASONS).map(([reason, about]) => ({
  name: `admission/${reason}`,
  severity: 'error',
  about,
  why: 'The API server refuses the object.',
}));

const ADMISSION_OF_SETS: readonly RuleFacts[] = [
  {
    name: 'admission/policy',
    severity: 'error',
    about:
      'Finds what a ValidatingAdmissionPolicy among the objects refuses, with its binding: an error where it denies, a warning where it warns.',
    why: 'The API server asks the policy before it takes the object.',
  },
  {
    name: 'admission/no-definition',
    severity: 'info',
    about:
      'Finds a custom resource that no CustomResourceDefinition among the objects, or among those assumed, defines. With the preset strict it is an error.',
    why: 'Nothing is known of its fields, so that they are not checked.',
  },
];

const POD_SECURITY_FACTS: RuleFacts = {
  name: POD_SECURITY,
  severity: 'error',
  about: 'Finds what the Pod Security labels of a namespace forbid its pods, by field.',
  why: 'The API server refuses such pods. It takes the workload that makes them, and the pods never come.',
};

const SUPPRESSIONS: readonly RuleFacts[] = [
  {
    name: UNUSED,
    severity: 'warning',
    about: 'Finds a suppression of a rule that finds nothing where it stands.',
    why: 'What it excused is gone, and the next mistake of that kind would be excused unseen.',
  },
  {
    name: INVALID,
    severity: 'error',
    about: 'Finds a suppression of a rule that does not exist, or one without a reason.',
    why: 'It suppresses nothing, and readers believe that it does.',
  },
  {
    name: RENAMED,
    severity: 'info',
    about: 'Finds a suppression by the former name of a rule.',
    why: 'It still works; the reference and the reports know the current name only.',
  },
];

const SETTINGS: readonly RuleFacts[] = [
  {
    name: RENAMED_SETTING,
    severity: 'info',
    about: 'Finds the former name of a rule in the settings of a check.',
    why: 'It still works; the reference and the reports know the current name only.',
  },
];

/** All that can be found, in the order of the reference page, with the user's own rules behind ours. */
export function ruleFacts(own: readonly Rule[] = []): RuleFacts[] {
  return [
    ...ADMISSION,
    ...ADMISSION_OF_SETS,
    POD_SECURITY_FACTS,
    ...RULES,
    ...own,
    ...SUPPRESSIONS,
    ...SETTINGS,
  ];
}
