import { jsonText } from '../escape/json';
import type { StatusPrinter } from './report';

export const json: StatusPrinter = ({ cluster, namespace, source, status: { workloads, forbidden } }) =>
  jsonText({
    cluster,
    namespace,
    ...(source !== undefined && { source }),
    forbidden,
    workloads: workloads.map(({ id, pods, ...workload }) => ({ ...id, ...workload, pods })),
  });
