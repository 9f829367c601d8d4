import type { CaptchaImages } from '../core';
import { glyphs, type Glyph } from './captcha-glyphs';
import { createLimit } from './limit';
import { loadSharp } from './sharp';

const width = 240;
const height = 76;
/** Left free at both sides. */
const margin = 12;
/** Between the top of the tall characters and the end of the tails, in the units of a glyph. */
const glyphMiddle = 42;
const mostCharacters = 8;
const imagesAtOnce = 2;
const radian = Math.PI / 180;

type Point = readonly [x: number, y: number];
type Move = (point: Point) => Point;

/** Noise is no secret: who knows every line of it still has to read the text. */
function between(least: number, most: number): number {
  return least + Math.random() * (most - least);
}

function write([x, y]: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

/** Every point of a path, in order, somewhere else. */
function bend(path: string, move: Move): string {
  return path.replace(/(-?\d+) (-?\d+)/g, (_, x: string, y: string) => write(move([Number(x), Number(y)])));
}

/** A wave through the whole picture, so that no two characters stand on one line. */
function createWave(): Move {
  const [rise, length, phase] = [between(2, 4), between(70, 130), between(0, 2 * Math.PI)];
  return ([x, y]) => [
    x + 2 * Math.sin((y / 38) * Math.PI + phase),
    y + rise * Math.sin((x / length) * 2 * Math.PI + phase),
  ];
}

/** One character around `middle`: turned, slanted and stretched on its own, then bent by the wave. */
function drawGlyph(glyph: Glyph, middle: number, scale: number, wave: Move): string {
  const size = scale * between(0.92, 1.08);
  const turn = between(-17, 17) * radian;
  const slant = between(-0.22, 0.22);
  const lift = between(-4, 4);
  return bend(glyph.path, ([x, y]) => {
    const down = (y - glyphMiddle) * size;
    const right = (x - glyph.width / 2) * size - slant * down;
    return wave([
      middle + right * Math.cos(turn) - down * Math.sin(turn),
      height / 2 + lift + right * Math.sin(turn) + down * Math.cos(turn),
    ]);
  });
}

/** The characters side by side, as close as they are large, somewhere between the edges. */
function drawText(text: string): string {
  const shapes = Array.from(text, (character) => {
    const glyph = glyphs.get(character);
    if (glyph === undefined) throw new RangeError('a captcha is made of the digits and the letters a to z');
    return { glyph, advance: glyph.width + between(11, 20) };
  });
  const total = shapes.reduce((sum, { advance }) => sum + advance, 0);
  const scale = Math.min(0.66, (width - 2 * margin) / total);
  const wave = createWave();
  let left = between(margin, width - margin - total * scale);
  return shapes
    .map(({ glyph, advance }) => {
      const middle = left + (advance * scale) / 2;
      left += advance * scale;
      return drawGlyph(glyph, middle, scale, wave);
    })
    .join('');
}

/** A curve from edge to edge, through where the characters stand. */
function drawCurve(): string {
  const at = (x: number): Point => [x, between(8, height - 8)];
  return `M${write(at(-5))} C${write(at(between(40, 100)))} ${write(at(between(140, 200)))} ${write(at(width + 5))}`;
}

/** A short stroke of any direction. */
function drawSpeck(): string {
  const [x, y] = [between(0, width), between(0, height)];
  return `M${write([x, y])} L${write([x + between(-5, 5), y + between(-5, 5)])}`;
}

function repeat(count: number, draw: () => string): string {
  return Array.from({ length: count }, draw).join('');
}

/**
 * The picture as paths, without any text for a font to draw. Everything has one ink and about one width of stroke: no
 * colour and no thinness tells noise from characters. Thin curves in the colour of the paper cut through both.
 */
function sketch(text: string): string {
  const hue = Math.floor(between(0, 360));
  const ink = `hsl(${hue}, 55%, 32%)`;
  const paper = `hsl(${(hue + 180) % 360}, 40%, 95%)`;
  const pen = between(3.4, 4.2);
  const layer = (colour: string, stroke: number, path: string): string =>
    `<path stroke="${colour}" stroke-width="${stroke.toFixed(1)}" d="${path}"/>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`,
    `<rect width="100%" height="100%" fill="${paper}"/>`,
    '<g fill="none" stroke-linecap="round" stroke-linejoin="round">',
    layer(ink, pen, drawText(text)),
    layer(paper, 1.3, repeat(2, drawCurve)),
    layer(ink, pen * 0.62, repeat(2, drawCurve)),
    layer(ink, 1, drawCurve()),
    layer(ink, 1.8, repeat(38, drawSpeck)),
    '</g></svg>',
  ].join('');
}

/**
 * Draws one to eight of the digits and the letters `a` to `z`; rejects with a `RangeError` for any other text. Two
 * pictures of one text differ. Works without any font installed.
 */
export function createCaptchaImages(): CaptchaImages {
  const limit = createLimit(imagesAtOnce);
  return {
    draw: (text, format) =>
      limit(async () => {
        if (text.length < 1 || text.length > mostCharacters)
          throw new RangeError('a captcha has one to eight characters');
        const sharp = await loadSharp();
        const image = sharp(Buffer.from(sketch(text)));
        return (
          format === 'png' ? image.png({ palette: true, colours: 32 }) : image.gif({ colours: 32, effort: 3 })
        ).toBuffer();
      }),
  };
}
