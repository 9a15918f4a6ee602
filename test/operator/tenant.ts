import { z } from 'zod';
import { RoleBinding } from '../../lib/constructs/access/role-binding';
import { group } from '../../lib/constructs/access/subject';
import { ConfigMap } from '../../lib/constructs/config/config-map';
import { Chart } from '../../lib/constructs/core/chart';
import { Namespace } from '../../lib/constructs/core/namespace';
import { defineResource } from '../../lib/operator/definition';
import type { ResourceDefinition } from '../../lib/operator/types';

/** A resource that is in no namespace: a team gets one of its own, with a quota, and what it says in a ConfigMap. */
export function tenant(groupName = 'platform.example'): ResourceDefinition {
  return defineResource({
    group: groupName,
    kind: 'Tenant',
    scope: 'Cluster',
    props: z.object({
      text: z.string().default('hello'),
      pods: z.int().default(10),
      /** Further namespaces, which are there already. */
      more: z.array(z.string()).default([]),
    }),
    examples: [{ name: 'acme', props: {} }],
    construct(scope, { text, pods, more }, { metadata: { name = '' } }) {
      const namespace = new Namespace(scope, 'Default', { quota: { pods } });
      const own = new Chart(scope, 'own', { namespace });
      new RoleBinding(own, 'edit', { name: 'team', role: 'edit', subjects: [group(`${name}-team`)] });
      for (const each of [namespace, ...more]) {
        const place = typeof each === 'string' ? each : 'own';
        const chart = typeof each === 'string' ? new Chart(scope, place, { namespace: each }) : own;
        new ConfigMap(chart, 'about', { name: `${name}-about`, data: { TEXT: text }, immutable: false });
      }
    },
  });
}
