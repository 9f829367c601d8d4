import sharp from 'sharp';
import { createCaptchaImages } from '../../src/platform/captcha-images';

const { draw } = createCaptchaImages();

/** How much of a picture is ink, from 0 to 1. */
async function inkOf(image: Buffer): Promise<number> {
  const pixels = await sharp(image).removeAlpha().greyscale().raw().toBuffer();
  return pixels.filter((value) => value < 160).length / pixels.length;
}

test.each(['png', 'gif'] as const)(
  'a %s has its format by content, its size and one frame',
  async (format) => {
    const image = await draw('4fk7', format);
    expect(await sharp(image).metadata()).toMatchObject({ format, width: 240, height: 76 });
    expect((await sharp(image).metadata()).pages ?? 1).toBe(1);
    // It travels in base64 inside a JSON answer.
    expect(image.length).toBeLessThan(12_000);
  },
);

test('every digit and letter is drawn, from edge to edge if need be', async () => {
  for (const text of [
    '0123',
    '4567',
    '89ab',
    'cdef',
    'ghij',
    'klmn',
    'opqr',
    'stuv',
    'wxyz',
    'w',
    'mmmmmmmm',
  ]) {
    const ink = await inkOf(await draw(text, 'png'));
    expect(ink).toBeGreaterThan(0.03);
    expect(ink).toBeLessThan(0.3);
  }
});

test('characters add ink of their own to that of the noise', async () => {
  const mean = async (text: string): Promise<number> => {
    const images = await Promise.all(Array.from({ length: 12 }, () => draw(text, 'png')));
    const inks = await Promise.all(images.map(inkOf));
    return inks.reduce((sum, ink) => sum + ink, 0) / inks.length;
  };
  expect(await mean('mmmm')).toBeGreaterThan((await mean('1')) * 1.2);
});

test('two pictures of one text differ', async () => {
  const images = await Promise.all(Array.from({ length: 8 }, () => draw('a1b2', 'png')));
  expect(new Set(images.map((image) => image.toString('base64'))).size).toBe(8);
});

test.each(['', 'mmmmmmmmm', 'AB12', 'é', '<g/>', 'a b', '数'])('%p is not drawn', async (text) => {
  await expect(draw(text, 'png')).rejects.toThrow(RangeError);
});

test('a text that cannot be drawn takes no place away from others', async () => {
  await Promise.allSettled(Array.from({ length: 5 }, () => draw('?', 'gif')));
  expect((await draw('ok22', 'gif')).subarray(0, 3).toString()).toBe('GIF');
});
