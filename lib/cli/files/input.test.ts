import { Readable } from 'node:stream';
import { readStream } from './input';

const read = (bytes: Buffer): Promise<string> => readStream(Readable.from([bytes]), 'a.yaml');

it('reads UTF-8, and rejects YAML in other encodings with the line, as kubectl does', async () => {
  expect(await read(Buffer.from('a: é\n'))).toBe('a: é\n');
  await expect(read(Buffer.from('a: b\nc: \xe9\n', 'latin1'))).rejects.toMatchObject({
    code: 'INVALID_YAML',
    problems: [{ message: 'the text is not UTF-8', source: 'a.yaml:2' }],
  });
  await expect(read(Buffer.from('\ufeffa: b\n', 'utf16le'))).rejects.toMatchObject({
    code: 'INVALID_YAML',
  });
});

it('reads other bytes in JSON as the replacement character, as kubectl does', async () => {
  expect(await read(Buffer.from('{"a":"\xe9"}', 'latin1'))).toBe('{"a":"\ufffd"}');
});
