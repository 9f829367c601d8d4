import { crc32 } from 'node:zlib';
import { pinyin } from 'pinyin-pro';

const longestUrlToken = 100;

function spell(character: string): string {
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
