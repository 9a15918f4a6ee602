import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { gzip } from './gzip';

it.each([0, 1, 0xfffe, 0xffff, 0x10000, 3 * 0xffff, 200_000])('keeps %i bytes', (length) => {
  const content = Buffer.alloc(length, 'apiVersion: v1\n');
  expect(gunzipSync(gzip(content)).equals(content)).toBe(true);
});

it('gives bytes that no version of zlib and no machine changes', () => {
  const digest = createHash('sha256')
    .update(gzip(Buffer.alloc(100_000, 'kind: ConfigMap\n')))
    .digest('hex');
  expect(digest).toBe('6164ec368dd3e24ecb2256170c97b0f21e55f1670f5297f547aa659288942a03');
});
