import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { CoreError, type Problem } from '../../src/core';
import { createAvatarStore } from '../../src/platform/avatar-store';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'idiom-avatars-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

type Raster = 'jpeg' | 'png' | 'gif' | 'webp';
const rasters = [
  ['jpeg', 'jpg'],
  ['png', 'png'],
  ['gif', 'gif'],
  ['webp', 'webp'],
] as const;

/** Noise, which does not compress away. */
function noise(width: number, height: number, format: Raster, options: object = {}): Promise<Buffer> {
  const gaussian = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  return sharp({ create: { width, height, channels: 3, background: '#888', noise: gaussian } })
    .toFormat(format, options)
    .toBuffer();
}

/** Red, green and blue bands of equal size, side by side or one above the other. */
function bands(size: number, direction: 'columns' | 'rows'): Promise<Buffer> {
  const tile = (color: string) =>
    sharp({ create: { width: size, height: size, channels: 3, background: color } })
      .png()
      .toBuffer();
  return Promise.all(['#f00', '#0f0', '#00f'].map(tile)).then((tiles) =>
    sharp({
      create: {
        width: direction === 'columns' ? 3 * size : size,
        height: direction === 'rows' ? 3 * size : size,
        channels: 3,
        background: '#000',
      },
    })
      .composite(
        tiles.map((input, index) => ({
          input,
          left: direction === 'columns' ? index * size : 0,
          top: direction === 'rows' ? index * size : 0,
        })),
      )
      .png()
      .toBuffer(),
  );
}

async function pixel(image: Buffer, left: number, top: number): Promise<number[]> {
  const raw = await sharp(image).removeAlpha().extract({ left, top, width: 1, height: 1 }).raw().toBuffer();
  return [...raw];
}

async function problemOf(image: Buffer): Promise<Problem> {
  const outcome = await createAvatarStore({ folder })
    .put(1000, image)
    .catch((error: unknown) => error);
  if (!(outcome instanceof CoreError)) throw new Error('not refused by the core', { cause: outcome });
  expect(await readdir(folder)).toEqual([]);
  return outcome.problem;
}

const unreadable = { code: 'avatar_rejected', reason: 'unreadable' };
const tooLarge = { code: 'avatar_rejected', reason: 'too_large' };

test.each(rasters)('a %s becomes a %s of 256 × 256 under the id of its user', async (format, extension) => {
  const path = await createAvatarStore({ folder }).put(1000, await noise(160, 120, format));
  expect(path).toBe(`uploads/user/1000.${extension}`);
  const file = join(folder, 'user', `1000.${extension}`);
  expect(await sharp(await readFile(file)).metadata()).toMatchObject({ format, width: 256, height: 256 });
  expect((await stat(file)).mode & 0o777).toBe(0o644);
  expect(await readdir(join(folder, 'user'))).toEqual([`1000.${extension}`]);
});

test.each([
  [1, 1],
  [16, 16],
  [3000, 20],
  [20, 3000],
])('an image of %i × %i is scaled to cover 256 × 256', async (width, height) => {
  await createAvatarStore({ folder }).put(1000, await noise(width, height, 'png'));
  const stored = await readFile(join(folder, 'user', '1000.png'));
  expect(await sharp(stored).metadata()).toMatchObject({ width: 256, height: 256 });
});

test.each(['columns', 'rows'] as const)('the centre is kept of three bands in %s', async (direction) => {
  await createAvatarStore({ folder }).put(1000, await bands(300, direction));
  const stored = await readFile(join(folder, 'user', '1000.png'));
  for (const [left, top] of [
    [20, 20],
    [128, 128],
    [235, 235],
  ] as const) {
    expect(await pixel(stored, left, top)).toEqual([0, 255, 0]);
  }
});

test('metadata is gone, and the orientation that it asked for is not applied', async () => {
  // Left half red, right half blue; turned as the tag says, red would be on top.
  const image = await sharp({ create: { width: 200, height: 400, channels: 3, background: '#00f' } })
    .composite([
      {
        input: await sharp({ create: { width: 100, height: 400, channels: 3, background: '#f00' } })
          .png()
          .toBuffer(),
        left: 0,
        top: 0,
      },
    ])
    .jpeg({ quality: 100 })
    .withExif({ IFD0: { Copyright: 'somebody' } })
    .withIccProfile('p3')
    .withMetadata({ orientation: 6 })
    .toBuffer();
  expect((await sharp(image).metadata()).orientation).toBe(6);
  await createAvatarStore({ folder }).put(1000, image);
  const stored = await readFile(join(folder, 'user', '1000.jpg'));
  const metadata = await sharp(stored).metadata();
  expect(metadata.orientation).toBeUndefined();
  expect(metadata.exif).toBeUndefined();
  expect(metadata.icc).toBeUndefined();
  expect(stored.includes('somebody')).toBe(false);
  const [red = 0, , blue = 255] = await pixel(stored, 30, 128);
  expect(red).toBeGreaterThan(200);
  expect(blue).toBeLessThan(60);
  const [otherRed = 255, , otherBlue = 0] = await pixel(stored, 225, 128);
  expect(otherRed).toBeLessThan(60);
  expect(otherBlue).toBeGreaterThan(200);
});

test.each(['gif', 'webp'] as const)('only the first frame of an animated %s is kept', async (format) => {
  const frames = await Promise.all(
    ['#f00', '#00f'].map((background) =>
      sharp({ create: { width: 300, height: 300, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  const animated = await sharp(frames, { join: { animated: true } })
    .toFormat(format)
    .toBuffer();
  expect((await sharp(animated).metadata()).pages).toBe(2);
  await createAvatarStore({ folder }).put(1000, animated);
  const stored = await readFile(join(folder, 'user', `1000.${format}`));
  expect((await sharp(stored).metadata()).pages ?? 1).toBe(1);
  const [red = 0, , blue = 255] = await pixel(stored, 128, 128);
  expect(red).toBeGreaterThan(240);
  expect(blue).toBeLessThan(15);
});

test('transparency stays, and CMYK becomes RGB', async () => {
  const store = createAvatarStore({ folder });
  const clear = sharp({
    create: { width: 300, height: 300, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  });
  await store.put(1000, await clear.png().toBuffer());
  expect((await sharp(join(folder, 'user', '1000.png')).metadata()).hasAlpha).toBe(true);
  const cmyk = await sharp(await noise(300, 300, 'png'))
    .toColourspace('cmyk')
    .jpeg()
    .toBuffer();
  expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
  await store.put(1000, cmyk);
  expect((await sharp(join(folder, 'user', '1000.jpg')).metadata()).space).toBe('srgb');
});

test('a new image of the same type replaces the old one; one of another type leaves it', async () => {
  const store = createAvatarStore({ folder });
  await store.put(1000, await noise(300, 300, 'png'));
  const before = await readFile(join(folder, 'user', '1000.png'));
  await store.put(1000, await noise(300, 300, 'png'));
  expect((await readFile(join(folder, 'user', '1000.png'))).equals(before)).toBe(false);
  await store.put(1000, await noise(300, 300, 'jpeg'));
  await store.put(1001, await noise(300, 300, 'png'));
  expect((await readdir(join(folder, 'user'))).sort()).toEqual(['1000.jpg', '1000.png', '1001.png']);
});

test('the images of a user are removed, those of others stay', async () => {
  const store = createAvatarStore({ folder });
  await store.remove(1000);
  for (const format of ['png', 'jpeg', 'gif', 'webp'] as const)
    await store.put(1000, await noise(16, 16, format));
  await store.put(1001, await noise(16, 16, 'png'));
  await store.remove(1000);
  expect(await readdir(join(folder, 'user'))).toEqual(['1001.png']);
});

test('no bytes are an empty image', async () => {
  expect(await problemOf(Buffer.alloc(0))).toEqual({ code: 'avatar_rejected', reason: 'empty' });
});

test('more than 10 MiB or 40 megapixels are too large, exactly that is not', async () => {
  const image = await noise(300, 300, 'jpeg');
  // What follows the end of a JPEG is of no matter to it.
  const padded = Buffer.concat([image, Buffer.alloc(10 * 1024 * 1024 - image.length)]);
  expect(await problemOf(Buffer.concat([padded, Buffer.alloc(1)]))).toEqual(tooLarge);
  const flat = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: '#a63' } })
      .png({ compressionLevel: 1 })
      .toBuffer();
  expect(await problemOf(await flat(8001, 5000))).toEqual(tooLarge);
  const store = createAvatarStore({ folder });
  expect(await store.put(1000, padded)).toBe('uploads/user/1000.jpg');
  expect(await store.put(1000, await flat(8000, 5000))).toBe('uploads/user/1000.png');
});

test('a claim of a giant size is refused before anything is decoded', async () => {
  const image = await noise(16, 16, 'png');
  image.writeUInt32BE(60_000, 16);
  image.writeUInt32BE(60_000, 20);
  // The checksum of the header covers its name and its 13 bytes.
  image.writeUInt32BE(crc32(image.subarray(12, 29)), 29);
  expect(await problemOf(image)).toEqual(tooLarge);
});

test.each([
  ['text', () => Buffer.from('not an image at all')],
  ['an SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
  [
    'a TIFF',
    () =>
      sharp({ create: { width: 9, height: 9, channels: 3, background: '#000' } })
        .tiff()
        .toBuffer(),
  ],
  [
    'an AVIF',
    () =>
      sharp({ create: { width: 64, height: 64, channels: 3, background: '#000' } })
        .avif()
        .toBuffer(),
  ],
  ['a BMP', () => Buffer.concat([Buffer.from('BM'), Buffer.alloc(200)])],
  ['the start of a JPEG', () => Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
  ['the start of a PNG', () => Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
  ['the start of a GIF', () => Buffer.from('GIF89a')],
  ['another RIFF file', () => Buffer.from('RIFF\x24\x00\x00\x00WAVEfmt ', 'latin1')],
  ['one byte', () => Buffer.from([0])],
])('%s is unreadable', async (_, make) => {
  expect(await problemOf(await make())).toEqual(unreadable);
});

describe.each(rasters)('a %s that was cut off', (format) => {
  test.each([
    ['wide', 900, 500],
    ['tall', 500, 900],
  ])('is unreadable when %s', async (_, width, height) => {
    // Small for GIF, whose encoder takes seconds over noise of this size.
    const image = await (format === 'gif'
      ? noise(width / 5, height / 5, format)
      : noise(width, height, format));
    for (const length of [image.length * 0.5, image.length * 0.9, image.length - 20]) {
      expect(await problemOf(image.subarray(0, Math.floor(length)))).toEqual(unreadable);
    }
  });
});

test('a disk that does not take the file is a failure of storage, and no part of a file stays', async () => {
  await writeFile(join(folder, 'user'), 'a file where the folder should be');
  const outcome = await createAvatarStore({ folder })
    .put(1000, await noise(300, 300, 'png'))
    .catch((error: unknown) => error);
  expect(outcome).toMatchObject({ problem: { code: 'storage_failed' } });
  expect(await readdir(folder)).toEqual(['user']);
});

test('many uploads at once are converted two by two and all stored, with no temporary file left', async () => {
  const store = createAvatarStore({ folder });
  const image = await noise(800, 600, 'jpeg');
  const watch = { on: true };
  let most = 0;
  const watching = (async () => {
    while (watch.on) {
      const { queue, process } = sharp.counters();
      most = Math.max(most, queue + process);
      await turn();
    }
  })();
  await Promise.all(Array.from({ length: 12 }, (_, index) => store.put(1000 + (index % 6), image)));
  watch.on = false;
  await watching;
  expect(most).toBe(2);
  expect((await readdir(join(folder, 'user'))).sort()).toEqual(
    [1000, 1001, 1002, 1003, 1004, 1005].map((id) => `${id}.jpg`),
  );
});
