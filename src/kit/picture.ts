/** The file of every upload: eight pixels square, of one colour. */
export const picture = {
  name: 'picture.webp',
  type: 'image/webp',
  bytes: Buffer.from(
    'UklGRjQAAABXRUJQVlA4ICgAAACQAQCdASoIAAgAAUAmJYgCdLoAA5gA/vmo7+1Niqnnd+hRsol8wAAA',
    'base64',
  ),
};
