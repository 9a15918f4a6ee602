// An operator in a process of its own, which kills itself at a write, before or after the server has seen it:
// GROUP NAMESPACE NUMBER before|after. With the number `compile` it only loads all of it.
import { connect } from '../../lib/cluster/client/connect';
import type { Cluster } from '../../lib/cluster/client/cluster';
import { nextStatus } from '../../lib/operator/conditions';
import { decide } from '../../lib/operator/decide';
import { render } from '../../lib/operator/render';
import { Operator } from '../../lib/operator/run/operator';
import { site } from './operator-site';

const [group = '', namespace = '', number = '', moment = '', election = ''] = process.argv.slice(2);

function killing(cluster: Cluster): Cluster {
  let writes = 0;
  const request: Cluster['request'] = async (asked, patience) => {
    const isLast = asked.method !== 'GET' && !asked.path.includes('/leases') && ++writes === Number(number);
    if (isLast && moment === 'before') process.kill(process.pid, 'SIGKILL');
    const answer = await cluster.request(asked, patience);
    if (isLast) process.kill(process.pid, 'SIGKILL');
    return answer;
  };
  return new Proxy(cluster, {
    get: (target, key) => {
      if (key === 'request') return request;
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
    },
  });
}

async function main(): Promise<void> {
  const cluster = await connect({ kubeconfig: process.env['SEAWORTHY_TEST_KUBECONFIG'] ?? '' });
  const options = {
    namespace,
    namespaces: [namespace],
    port: false,
    leaderElection: election === '' ? false : {},
    logger: { log: () => undefined },
    signal: new AbortController().signal,
  } as const;
  const logic = { render, decide, nextStatus };
  const how = { trace: <T>(_: string, __: object, work: () => Promise<T>) => work(), identity: 'killed' };
  await new Operator(killing(cluster), [site(group)], logic, options, how).run();
}

if (number !== 'compile') void main();
