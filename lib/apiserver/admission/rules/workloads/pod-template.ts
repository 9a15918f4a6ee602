import type { KindRule } from '../kind-rule';
import { podTemplate } from '../pod/pod-spec';

export const podTemplateObject: KindRule = {
  kind: '/PodTemplate',
  about: 'The template, as in any workload.',
  check: (object) => podTemplate(object.child('template')),
};
