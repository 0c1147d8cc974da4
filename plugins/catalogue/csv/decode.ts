import type { CsvError } from './csv-product.ts';

type Decoded = { ok: true; text: string } | { ok: false; errors: CsvError[] };

const REMEDY =
  'save the file as UTF-8 (in Excel: "CSV UTF-8"; in LibreOffice: character set Unicode (UTF-8))';

/** How an Excel or LibreOffice workbook begins: it is a ZIP archive. */
const WORKBOOK = [0x50, 0x4b, 0x03, 0x04];

/**
 * Bytes of a file as text. Anything but UTF-8 is refused, with the line where it stops being that.
 */
export function decodeCatalogueFile(bytes: Uint8Array): Decoded {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return refuse(1, 'the file is UTF-16');
  if (WORKBOOK.every((byte, index) => bytes[index] === byte))
    return refuse(1, 'the file is a workbook (xlsx or ods), not CSV');
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (Buffer.from(text, 'utf-8').equals(bytes)) return { ok: true, text };
  const line = text.slice(0, text.indexOf('\uFFFD')).split(/\r\n|\r|\n/).length;
  return refuse(line, 'the file is not UTF-8');
}

function refuse(line: number, what: string): Decoded {
  return { ok: false, errors: [{ line, column: '', message: `${what}; ${REMEDY}` }] };
}
