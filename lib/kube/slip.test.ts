import { isSlip, isSlipOfAny } from './slip';

test.each([
  ['wbe', 'web'],
  ['shop-confg', 'shop-config'],
  ['webtls', 'web-tls'],
  ['web_tls', 'web-tls'],
  ['Settings', 'settings'],
  ['payments-dashbord', 'payments-dashboard'],
])('%s is %s with a slip', (name, meant) => {
  expect(isSlip(name, meant)).toBe(true);
  expect(isSlip(meant, name)).toBe(true);
});

test.each([
  ['web', 'web'],
  ['web-1', 'web-2'],
  ['v1', 'v10'],
  ['app-ui', 'app-db'],
  ['pg-ro', 'pg-rw'],
  ['shop-api', 'shop-web'],
  ['grafana-dashboard-nodes', 'grafana-dashboards'],
  ['forge-http', 'forge-ssh'],
])('%s is another name than %s', (name, other) => {
  expect(isSlip(name, other, 2)).toBe(false);
});

test('two letters are a slip in a long word, where that is asked for', () => {
  expect(isSlip('addresspools', 'ipaddresspools')).toBe(false);
  expect(isSlip('letsecnrpyt', 'letsencrypt', 2)).toBe(true);
  expect(isSlip('shpo-wbe', 'shop-web', 2)).toBe(false);
});

test('a name is compared with the first of many names, not with all of them', () => {
  const others = function* (): Generator<string> {
    yield 'shop-web';
    for (let index = 0; ; index++) yield `worker-${index}`;
  };
  expect(isSlipOfAny('shop-wbe', others())).toBe(true);
  expect(isSlipOfAny('shop-db', others())).toBe(false);
});
