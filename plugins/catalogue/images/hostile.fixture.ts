import { deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** A file somebody might send, for tests: what it is called, what it says it is, and words its refusal must contain. */
export interface HostileFile {
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
  const [png, jpeg] = [await noise.clone().png().toBuffer(), await noise.clone().jpeg().toBuffer()];
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
  );
  const half = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length / 2);
  return [
    {
      what: 'SVG with a script',
      name: 'logo.svg',
      type: 'image/svg+xml',
      bytes: svg,
      refusal: /SVG/,
    },
    { what: 'SVG called PNG', name: 'logo.png', type: 'image/png', bytes: svg, refusal: /SVG/ },
    {
      what: 'HTML called PNG',
      name: 'page.png',
      type: 'image/png',
      bytes: Buffer.from('<html><script>alert(1)</script></html>'),
      refusal: /PNG, JPEG, WebP ou AVIF/,
    },
    {
      what: 'program called JPEG',
      name: 'photo.jpg',
      type: 'image/jpeg',
      bytes: Buffer.from('\x7fELF\x02\x01\x01rest', 'latin1'),
      refusal: /PNG, JPEG, WebP ou AVIF/,
    },
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
    {
      what: 'half a PNG',
      name: 'photo.png',
      type: 'image/png',
      bytes: half(png),
      refusal: /abîmée/,
    },
    {
      what: 'half a JPEG',
      name: 'photo.jpg',
      type: 'image/jpeg',
      bytes: half(jpeg),
      refusal: /abîmée/,
    },
    {
      what: 'signature only',
      name: 'photo.png',
      type: 'image/png',
      bytes: png.subarray(0, 8),
      refusal: /abîmée/,
    },
    {
      what: 'decompression bomb',
      name: 'photo.png',
      type: 'image/png',
      bytes: bomb(),
      refusal: /trop de pixels/,
    },
    {
      what: 'GIF',
      name: 'anim.gif',
      type: 'image/gif',
      bytes: Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64'),
      refusal: /PNG, JPEG, WebP ou AVIF/,
    },
  ];
}
