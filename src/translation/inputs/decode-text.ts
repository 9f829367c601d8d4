import { constants } from 'node:buffer';
import { InputError } from './captured';

/** How packed files begin, and what unpacks them to the standard output. */
const packed: readonly (readonly [number[], string, string])[] = [
  [[0x1f, 0x8b], 'gzip', 'gunzip -c'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'zstd', 'zstd -dc'],
  [[0x42, 0x5a, 0x68], 'bzip2', 'bunzip2 -c'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'xz', 'xz -dc'],
  [[0x50, 0x4b, 0x03, 0x04], 'zip', 'unzip -p'],
];

/** The text of a file that a person has given. Fails with `InputError` for one that is packed or too large. */
export function decodeText(bytes: Buffer): string {
  for (const [signature, name, unpack] of packed)
    if (bytes.subarray(0, signature.length).equals(Buffer.from(signature)))
      throw new InputError(
        `it is packed with ${name}, which is not undone here; hand it on unpacked: ${unpack} FILE | idiom translate … -`,
      );
  if (bytes.length > constants.MAX_STRING_LENGTH)
    throw new InputError(
      'it is larger than 512 MiB; hand on what is of the old API, such as: grep /api/ FILE | idiom translate … -',
    );
  // What older shells of Windows write.
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? 'utf16le' : 'utf8');
}
