import { stringFormat } from '../../../../lib/apiserver/admission/custom/formats';

/** Texts that a format takes, and texts that it does not. */
const SAMPLES: Readonly<Record<string, readonly [fine: readonly string[], not: readonly string[]]>> = {
  bsonobjectid: [['507f1f77bcf86cd799439011'], ['507f1f77bcf86cd79943901', 'x']],
  uri: [
    ['https://a.b/c?d=e f', '/abs', 'mailto:x@y', 'http://[::1]:80/x', 'http://a:80', 'http://u:p@h/', '*'],
    ['', 'rel', 'http://a b', 'http://h:x', 'http://h/%zz', '://', 'http://[::1'],
  ],
  email: [
    ['a@b.c', 'Ada <a@b.c>', '"q r"@b', 'é@ü.de', '"x y" <c@d>', 'a@[1.2.3.4]', 'a@b (c)'],
    ['', 'a', 'a..b@c', '.a@b', 'a@b.', 'a@b@c', 'a b@c'],
  ],
  hostname: [
    ['host', 'a.example.com', '1host'],
    ['-h', 'h_x', 'a.b-', `${'a'.repeat(64)}.com`],
  ],
  ipv4: [
    ['1.2.3.4', '01.2.3.4', '::ffff:1.2.3.4'],
    ['1.2.3', '::1', '1.2.3.256'],
  ],
  ipv6: [
    ['::1', 'fe80::1', '::ffff:1.2.3.4'],
    ['1.2.3.4', '1::2::3', 'fe80::1%eth0'],
  ],
  cidr: [
    ['10.0.0.1/8', '::/0'],
    ['10.0.0.0', '10.0.0.0/33'],
  ],
  mac: [
    ['00:00:5e:00:53:01', '00-00-5e-00-53-01', '0000.5e00.5301', '00005e005301'],
    ['00:00:5e:00:53', '00:00-5e:00:53:01', 'x'],
  ],
  uuid: [['123e4567-e89b-12d3-a456-426614174000', '123E4567E89B12D3A456426614174000'], ['123e4567']],
  uuid4: [['123e4567-e89b-42d3-a456-426614174000'], ['123e4567-e89b-12d3-a456-426614174000']],
  isbn: [
    ['978-0321751041', '0321751043', '3 401 01319 X'],
    ['978-0321751042', '1'],
  ],
  creditcard: [['4220-8554-2622-2389'], ['4220-8554-2622-2388']],
  ssn: [['123-45-6789'], ['123456789']],
  hexcolor: [['#fff', 'FF00ff'], ['#ffff']],
  rgbcolor: [['rgb(1, 2 ,255)'], ['rgb(256,1,1)', 'rgb(01,1,1)']],
  byte: [['YQ=='], ['', 'YQ=', 'Y-_=']],
  password: [['', 'anything'], []],
  date: [['2024-02-29'], ['2023-02-29', '2020-1-1']],
  duration: [
    ['1h30m', '22 ns', '3 days', '1week'],
    ['', '5', '1 fortnight'],
  ],
  'date-time': [
    ['2014-12-15T19:30:20.5Z', '2014-12-15t19:30:20+01:00'],
    ['2014-12-15T25:30:20Z', '2014-12-15'],
  ],
  'k8s-long-name': [['a.b-c'], ['A', '-a', 'a..b']],
};

it.each(Object.entries(SAMPLES))('%s', (name, [fine, not]) => {
  const check = stringFormat(name, '1.36') ?? ((): boolean => false);
  expect(fine.filter((text) => !check(text))).toEqual([]);
  expect(not.filter(check)).toEqual([]);
});

it('does not know any other', () => {
  expect(stringFormat('quantity', '1.36')).toBeUndefined();
});
