import { crc32 } from 'node:zlib';
import type * as PinyinPro from 'pinyin-pro';

const longestUrlToken = 100;

/** Loaded with the first name that needs it: the dictionary holds 6 MB, and most names are ASCII. */
function loadPinyin(): typeof PinyinPro {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import on demand would be a promise, and what calls this is none
  return require('pinyin-pro') as typeof PinyinPro;
}

function spell(character: string): string {
  const { pinyin } = loadPinyin();
  return pinyin(character, { toneType: 'none', v: true, nonZh: 'removed' });
}

/**
 * The server's name for a user in addresses (reference 5.3): runs of ASCII letters and digits as they are, every other
 * character by its toneless pinyin or not at all, with hyphens between. Not unique.
 */
export function urlTokenOf(name: string): string {
  const parts = name.match(/[A-Za-z0-9]+|[^A-Za-z0-9]/gu) ?? [];
  return parts
    .map((part) => (/^[\x20-\x7e]+$/.test(part) ? part : spell(part)))
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '')
    .replace(/-+/g, '-')
    .slice(0, longestUrlToken)
    .replace(/^-|-$/g, '');
}

/** The invitation code of a user who was given none: CRC-32 of the decimal id, in base 36 (reference 5.3). */
export function inviteCodeOf(userId: number): string {
  return crc32(String(userId)).toString(36);
}
