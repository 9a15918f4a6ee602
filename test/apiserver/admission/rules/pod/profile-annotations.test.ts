import { deployment, having, pod, refusals } from '../../objects';

const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/web';
const SECCOMP = 'seccomp.security.alpha.kubernetes.io/pod';
const context = 'spec.containers.0.securityContext';
const at = 'spec.containers[0].securityContext.appArmorProfile';

describe('a profile that the field and the annotation give', () => {
  it.each<[string, string, Record<string, unknown>, Record<string, string>, string[]]>([
    [
      'is one',
      context,
      { appArmorProfile: { type: 'Localhost', localhostProfile: 'p' } },
      { [APP_ARMOR]: 'localhost/p' },
      [],
    ],
    [
      'must not be of two types',
      context,
      { appArmorProfile: { type: 'RuntimeDefault' } },
      { [APP_ARMOR]: 'unconfined' },
      [`${at}.type`],
    ],
    [
      'must not have two names',
      context,
      { appArmorProfile: { type: 'Localhost', localhostProfile: 'p' } },
      { [APP_ARMOR]: 'localhost/q' },
      [`${at}.localhostProfile`],
    ],
    [
      'may be another than the one of the pod as a whole',
      'spec.securityContext',
      { appArmorProfile: { type: 'Unconfined' } },
      { [APP_ARMOR]: 'runtime/default' },
      [],
    ],
    [
      'is one for seccomp as well',
      'spec.securityContext',
      { seccompProfile: { type: 'Unconfined' } },
      { [SECCOMP]: 'runtime/default' },
      ['spec.securityContext.seccompProfile.type'],
    ],
  ])('%s', (_, path, value, annotations, paths) => {
    expect(refusals(having(having(pod, path, value), 'metadata.annotations', annotations))).toEqual(paths);
  });

  it('in a template is the one of the pod as a whole, too', () => {
    const template = having(deployment, 'spec.template.spec.securityContext', {
      appArmorProfile: { type: 'Unconfined' },
    });
    const annotations = { [APP_ARMOR]: 'runtime/default' };
    expect(refusals(having(template, 'spec.template.metadata.annotations', annotations))).toEqual([
      `spec.template.${at}.type`,
    ]);
  });
});

it('tolerations in an annotation are judged as the field is', () => {
  const key = 'scheduler.alpha.kubernetes.io/tolerations';
  const annotated = (text: string) => having(pod, 'metadata.annotations', { [key]: text });
  expect(refusals(annotated('[{"key":"a","operator":"Exists"}]'))).toEqual([]);
  expect(refusals(annotated('[{"key":"a","operator":"Is"}]'))).toEqual([
    `metadata.annotations.${key}[0].operator`,
  ]);
  expect(refusals(annotated('{'))).toEqual(['metadata.annotations']);
});
