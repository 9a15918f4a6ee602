import { jsonText } from '../escape/json';
import type { StatusPrinter } from './report';

export const json: StatusPrinter = ({ cluster, namespace, status: { workloads, forbidden } }) =>
  jsonText({
    cluster,
    namespace,
    forbidden,
    workloads: workloads.map(({ id, pods, ...workload }) => ({ ...id, ...workload, pods })),
  });
