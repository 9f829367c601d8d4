import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sharp } from 'sharp';
import { CoreError, fail, type AvatarStore } from '../core';
import { writeFileAtomically } from './atomic-file';
import { createLimit } from './limit';
import { loadSharp } from './sharp';

type Format = 'jpg' | 'png' | 'gif' | 'webp';

const mostBytes = 10 * 1024 * 1024;
const mostPixels = 40_000_000;
/** Width and height of what is stored. */
const edge = 256;
const quality = 90;
const imagesAtOnce = 2;
const mostSeconds = 30;

/** By content alone; what it is called and declared to be counts for nothing (reference anqicms 4.10). */
function detectFormat(image: Buffer): Format | undefined {
  const start = image.toString('latin1', 0, 12);
  if (start.startsWith('\xff\xd8\xff')) return 'jpg';
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return 'gif';
  if (start.startsWith('RIFF') && start.endsWith('WEBP')) return 'webp';
  return undefined;
}

const encoders: Readonly<Record<Format, (image: Sharp) => Sharp>> = {
  jpg: (image) => image.jpeg({ quality }),
  png: (image) => image.png(),
  gif: (image) => image.gif(),
  webp: (image) => image.webp({ quality }),
};

/** The stored form of an image: the first frame, scaled to cover, its centre cut out; no metadata, no rotation. */
async function convert(image: Buffer, format: Format): Promise<Buffer> {
  const sharp = await loadSharp();
  const open = (): Sharp =>
    sharp(image, { failOn: 'error', limitInputPixels: mostPixels, sequentialRead: true }).timeout({
      seconds: mostSeconds,
    });
  // Reads the header only, so that its claim about the size can be refused before anything is decoded.
  const { width, height } = await sharp(image, { limitInputPixels: false }).metadata();
  if (width * height > mostPixels) return fail({ code: 'avatar_rejected', reason: 'too_large' });
  // What lies below the cut of a tall image is never decoded on the way to the crop, and may be missing: read to the end.
  if (height > width)
    await open()
      .extract({ left: 0, top: height - 1, width, height: 1 })
      .raw()
      .toBuffer();
  const cropped = open().resize(edge, edge, { fit: 'cover', position: 'centre', kernel: 'lanczos3' });
  return encoders[format](cropped).toBuffer();
}

/**
 * Avatars on the local disk: `folder` is what is served as `uploads`. Takes JPEG, PNG, GIF and WebP of at most 10 MiB
 * and 40 megapixels, and refuses everything else, damaged and cut-off images included, with `avatar_rejected`; a disk
 * that does not take the file, with `storage_failed`. Each type has a file of its own per user; one of another type
 * stays (reference anqicms 4.10).
 */
export function createAvatarStore({ folder }: { folder: string }): AvatarStore {
  const limit = createLimit(imagesAtOnce);

  return {
    async put(userId, image) {
      if (image.length === 0) return fail({ code: 'avatar_rejected', reason: 'empty' });
      if (image.length > mostBytes) return fail({ code: 'avatar_rejected', reason: 'too_large' });
      const format = detectFormat(image);
      if (format === undefined) return fail({ code: 'avatar_rejected', reason: 'unreadable' });
      const stored = await limit(() => convert(image, format)).catch((error: unknown) => {
        if (error instanceof CoreError) throw error;
        return fail({ code: 'avatar_rejected', reason: 'unreadable' }, error);
      });
      try {
        await mkdir(join(folder, 'user'), { recursive: true });
        await writeFileAtomically(join(folder, 'user', `${userId}.${format}`), stored, 0o644);
      } catch (error) {
        return fail({ code: 'storage_failed' }, error);
      }
      return `uploads/user/${userId}.${format}`;
    },

    async remove(userId) {
      const removals = Object.keys(encoders).map((format) =>
        rm(join(folder, 'user', `${userId}.${format}`), { force: true }),
      );
      await Promise.all(removals);
    },
  };
}
