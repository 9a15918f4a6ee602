import { crc32 } from 'node:zlib';

/** Bytes that a stored block can hold. */
const MOST_STORED = 0xffff;

/** The time 0, no flags, and an unknown system. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

/**
 * A gzip file with `content` as it is. It is not compressed: what a compressor makes of a text differs between versions of
 * zlib and between processors, and with it the digest. Registries, git and transports compress on their own.
 *
 * Source: RFC 1951, section 3.2.4, and RFC 1952, section 2.3.
 */
export function gzip(content: Buffer): Buffer {
  const parts: Buffer[] = [HEADER];
  for (let start = 0; start === 0 || start < content.length; start += MOST_STORED) {
    const stored = content.subarray(start, start + MOST_STORED);
    const isLast = start + MOST_STORED >= content.length;
    const about = Buffer.alloc(5);
    about.writeUInt8(isLast ? 1 : 0, 0);
    about.writeUInt16LE(stored.length, 1);
    about.writeUInt16LE(stored.length ^ 0xffff, 3);
    parts.push(about, stored);
  }
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(content), 0);
  trailer.writeUInt32LE(content.length % 2 ** 32, 4);
  return Buffer.concat([...parts, trailer]);
}
