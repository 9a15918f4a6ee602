import { ApiObject } from 'cdk8s';
import { z } from 'zod';
import { WebService } from '../../lib/constructs/workloads/web-service';
import { defineResource } from '../../lib/operator/definition';
import type { ResourceDefinition } from '../../lib/operator/types';

const props = z.object({
  message: z.string(),
  image: z.string().default('example.com/test/web:1'),
  replicas: z.int().min(0).default(1),
  /** Whether it has pods at all: without, a resource is ready at once. */
  pods: z.boolean().default(true),
  storage: z.boolean().default(false),
  more: z.array(z.string()).default([]),
  /** How the construct misbehaves. */
  fault: z.enum(['throws', 'invalid', 'elsewhere', 'nothing', 'theirs']).optional(),
});

/** A resource that tests serve: a ConfigMap, pods and a volume, and faults of all kinds. */
export function site(group: string): ResourceDefinition {
  return defineResource({
    group,
    kind: 'Site',
    props,
    construct: (scope, { message, image, replicas, pods, storage, more, fault }, { metadata }) => {
      if (fault === 'nothing') return;
      if (fault === 'throws') throw new Error('the construct has a bug');
      const name = metadata.name ?? '';
      const map = (suffix: string, data: object = { message }, namespace?: string): ApiObject =>
        new ApiObject(scope, `map${suffix}`, {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: `${name}${suffix}`, ...(namespace !== undefined && { namespace }) },
          data,
        });
      map('', fault === 'invalid' ? { 'bad key!': 'x' } : undefined);
      for (const each of more) map(`-${each}`);
      if (fault === 'elsewhere') map('-elsewhere', undefined, 'default');
      if (fault === 'theirs')
        new ApiObject(scope, 'theirs', {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'theirs' },
          data: { message },
        });
      if (pods)
        new WebService(scope, 'web', {
          name,
          image,
          port: 8080,
          replicas,
          resources: { cpu: '10m', memory: { request: '16Mi', limit: '16Mi' } },
          probe: { http: '/' },
          disruptionBudget: false,
        });
      if (storage)
        new ApiObject(scope, 'data', {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: `${name}-data` },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        });
    },
  });
}
