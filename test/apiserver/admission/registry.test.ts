import { kindRules, ruleFor } from '../../../lib/apiserver/admission/rules/registry';
import { groupOf, kinds, latestRelease } from '../../../lib/kube/schema';

describe('the rules', () => {
  it('are each of a kind that Kubernetes serves, and of one kind only', () => {
    const served = new Set(
      kinds(latestRelease).map(({ apiVersion, kind }) => `${groupOf(apiVersion)}/${kind}`),
    );
    const names = kindRules().map((rule) => rule.kind);
    expect(names.filter((name) => !served.has(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('are found by group and kind, whatever the version', () => {
    expect(ruleFor('autoscaling/v2', 'HorizontalPodAutoscaler')).toBe(
      ruleFor('autoscaling/v1', 'HorizontalPodAutoscaler'),
    );
    expect(ruleFor('serving.knative.dev/v1', 'Service')).toBeUndefined();
  });

  it('say what they are about in a sentence', () => {
    for (const { about } of kindRules()) expect(about).toMatch(/^[A-Z].*\.$/);
  });
});
