import type { IConstruct } from 'constructs';
import { featureGatesAt } from '../core/environment';
import { checkAnnotations, checkLabels, checkNamespace } from '../core/metadata';
import type { Reporter } from '../core/problems';
import { reporter } from '../core/problems';
import type { NamedKind } from './workload-name';
import { nameProblem } from './workload-name';

type Entries = Readonly<Record<string, string>>;

/** The props of a workload that become metadata of its objects. */
interface Metadata {
  readonly namespace?: string;
  readonly selector?: Entries;
  readonly labels?: Entries;
  readonly annotations?: Entries;
  readonly podLabels?: Entries;
  readonly podAnnotations?: Entries;
}

/** A workload as far as its metadata goes. */
interface Labelled extends IConstruct {
  readonly name: string;
  readonly matchLabels: Entries;
}

/** Reports names, labels and annotations that the API server refuses, and pod labels that contradict the selector. */
export function checkWorkload(workload: Labelled, props: Metadata, kind: NamedKind): void {
  const report = reporter(workload);
  const wrong = nameProblem(workload.name, kind, featureGatesAt(workload));
  if (wrong !== undefined)
    report({ code: 'INVALID_NAME', path: 'name', message: `Invalid value: "${workload.name}": ${wrong}` });
  checkNamespace(props.namespace, report);
  checkLabels(props.selector, 'selector', report);
  checkLabels(props.labels, 'labels', report);
  checkLabels(props.podLabels, 'podLabels', report);
  checkAnnotations(props.annotations, 'annotations', report);
  checkAnnotations(props.podAnnotations, 'podAnnotations', report);
  checkSelector(workload.matchLabels, props.podLabels, report);
}

function checkSelector(selector: Entries, podLabels: Entries = {}, report: Reporter): void {
  for (const [key, value] of Object.entries(podLabels)) {
    if ((selector[key] ?? value) === value) continue;
    const message = `Invalid value: "${value}": the selector requires "${key}: ${selector[key]}"`;
    report({ code: 'INVALID_LABEL', path: `podLabels.${key}`, message, hint: 'Set it in `selector`.' });
  }
  if (Object.keys(selector).length === 0) {
    const message = 'Required value: an empty selector would select every pod';
    report({ code: 'MISSING_PROP', path: 'selector', message });
  }
}
