import type sharp from 'sharp';

/** sharp, loaded with the first image: it holds 8 MB, and whoever only shows profiles needs none of it. */
export async function loadSharp(): Promise<typeof sharp> {
  const { default: loaded } = await import('sharp');
  // Images come one by one and never twice: a cache would only hold memory, and threads would only wait for each other.
  loaded.cache(false);
  loaded.concurrency(1);
  return loaded;
}
