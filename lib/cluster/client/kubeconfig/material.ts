import { readFileSync } from 'node:fs';
import type { Material } from './types';

/** The content of a certificate or key; what is in a file may have been renewed since. */
export function bytesOf({ file, data }: Material): Buffer | undefined {
  if (file !== undefined) return readFileSync(file);
  return data === undefined ? undefined : Buffer.from(data, 'base64');
}
