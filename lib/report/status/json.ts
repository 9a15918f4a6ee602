import { jsonText } from '../escape/json';
import { unfinishedJson } from '../unfinished';
import type { StatusPrinter } from './report';

export const json: StatusPrinter = ({
  cluster,
  namespace,
  source,
  unfinished = [],
  status: { workloads, forbidden },
}) =>
  jsonText({
    cluster,
    namespace,
    ...(source !== undefined && { source }),
    forbidden,
    ...(unfinished.length > 0 && {
      unfinished: unfinished.map(({ application, ...left }) => ({ ...application, ...unfinishedJson(left) })),
    }),
    workloads: workloads.map(({ id, pods, ...workload }) => ({ ...id, ...workload, pods })),
  });
