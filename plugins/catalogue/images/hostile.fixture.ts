import { deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** A hostile upload, for tests: its name, its claimed type, and words its refusal must contain. */
interface HostileFile {
  what: string;
  name: string;
  type: string;
  bytes: Buffer;
  refusal: RegExp;
}

/** A PNG header that announces 50,000 × 50,000 pixels over a few kilobytes of zeros. */
function bomb(): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(50_000, 0);
  header.writeUInt32BE(50_000, 4);
  header.set([1, 0], 8);
  const rows = deflateSync(Buffer.alloc(1_000_000));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
const NOT_A_PICTURE = /PNG, JPEG, WebP ou AVIF/;

/** Files whose content is none of the four accepted types. */
const FOREIGN_FILES: readonly HostileFile[] = [
  {
    what: 'SVG with a script',
    name: 'logo.svg',
    type: 'image/svg+xml',
    bytes: SVG,
    refusal: /SVG/,
  },
  { what: 'SVG called PNG', name: 'logo.png', type: 'image/png', bytes: SVG, refusal: /SVG/ },
  {
    what: 'HTML called PNG',
    name: 'page.png',
    type: 'image/png',
    bytes: Buffer.from('<html><script>alert(1)</script></html>'),
    refusal: NOT_A_PICTURE,
  },
  {
    what: 'program called JPEG',
    name: 'photo.jpg',
    type: 'image/jpeg',
    bytes: Buffer.from('\x7fELF\x02\x01\x01rest', 'latin1'),
    refusal: NOT_A_PICTURE,
  },
  {
    what: 'GIF',
    name: 'anim.gif',
    type: 'image/gif',
    bytes: Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64'),
    refusal: NOT_A_PICTURE,
  },
];

/** Pictures that are not what their name or their sender says. */
const mislabelled = (jpeg: Buffer): HostileFile[] => [
  {
    what: 'JPEG called PNG',
    name: 'photo.png',
    type: 'image/png',
    bytes: jpeg,
    refusal: /contenu est une image JPEG/,
  },
  {
    what: 'JPEG announced as WebP',
    name: 'photo.jpg',
    type: 'image/webp',
    bytes: jpeg,
    refusal: /annoncé comme/,
  },
];

/** Pictures that cannot be decoded to their last pixel. */
function undecodable(png: Buffer, jpeg: Buffer): HostileFile[] {
  const half = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length / 2);
  const asPng = { name: 'photo.png', type: 'image/png' };
  const asJpeg = { name: 'photo.jpg', type: 'image/jpeg' };
  return [
    { what: 'half a PNG', ...asPng, bytes: half(png), refusal: /abîmée/ },
    { what: 'half a JPEG', ...asJpeg, bytes: half(jpeg), refusal: /abîmée/ },
    { what: 'signature only', ...asPng, bytes: png.subarray(0, 8), refusal: /abîmée/ },
    { what: 'decompression bomb', ...asPng, bytes: bomb(), refusal: /trop de pixels/ },
  ];
}

/** The files every way of uploading must refuse. */
export async function hostileFiles(): Promise<HostileFile[]> {
  const noise = sharp({
    create: {
      width: 300,
      height: 300,
      channels: 3,
      background: 'red',
      noise: { type: 'gaussian', mean: 128, sigma: 50 },
    },
  });
  const png = await noise.clone().png().toBuffer();
  const jpeg = await noise.clone().jpeg().toBuffer();
  return [...FOREIGN_FILES, ...mislabelled(jpeg), ...undecodable(png, jpeg)];
}
