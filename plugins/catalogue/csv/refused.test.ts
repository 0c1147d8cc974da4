import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { type CsvError, decodeCatalogueFile, describeError, readCatalogueCsv } from './index.ts';

const SEED = readFileSync(new URL('../../../infra/seed/produits.csv', import.meta.url), 'utf-8');
const lines = SEED.trimEnd().split('\n');
const header = (lines[0] ?? '').split(';');

/**
 * The seed with one cell replaced; `line` as an editor counts. Only lines without quoted cells may
 * be named.
 */
function withCell(line: number, column: string, value: string): string {
  const cells = (lines[line - 1] ?? '').split(';');
  cells[header.indexOf(column)] = value;
  return lines.with(line - 1, cells.join(';')).join('\n');
}

function errorsOf(text: string): CsvError[] {
  const read = readCatalogueCsv(text);
  return read.ok ? [] : read.errors;
}

describe('one bad cell', () => {
  test.each([
    ['reference', 'AH-001', 'ah-001 (2 to 40'],
    ['reference', 'instantane', 'reserved'],
    ['reference', '', 'is empty'],
    ['sku', 'ah 004', 'lower-case'],
    ['sku', 'ah-001-1', 'already used on line 2'],
    ['nom_fr', '', 'Tasse Rivage'],
    ['nom_fr', 'x'.repeat(256), '255'],
    ['nom_en', '"two\nlines"', 'one line'],
    ['nom_en', 'nul \u0000', 'one line'],
    ['slug_fr', 'Vase--Canyon', 'tasse-rivage'],
    ['slug_en', 'shore-mug', 'already used on line 2'],
    ['categorie', 'La maison', 'such as table'],
    ['variante_fr', 'Seul', ''],
    ['prix_ttc', '', '28,00'],
    ['prix_ttc', '0', '28,00'],
    ['prix_ttc', '-3', '28,00'],
    ['prix_ttc', '89,999', '28,00'],
    ['prix_ttc', '89 €', 'no currency sign'],
    ['tva', '120', '5,5'],
    ['tva', '33', 'one of 20 | 10 | 5,5 | 2,1 | 0 (percent'],
    ['tva', '20,5', 'one of 20 |'],
    ['stock', '-1', 'whole pieces'],
    ['stock', '1,5', 'whole pieces'],
    ['poids_g', '1,65 kg', 'grams'],
    ['description_fr', 'nul \u0000', 'control character'],
    ['image', '', 'ah-001-main.png'],
    ['image', '../secret.png', 'without folder'],
    ['image', 'drawing.svg', 'png, jpg'],
    ['image_2', 'a/b.png', 'or nothing'],
    ['alt_fr', '', 'Tasse en grès'],
    ['alt_2_en', '', 'ah-004-detail.png'],
  ])('%s = %j', (column, value, good) => {
    const errors = errorsOf(withCell(9, column, value));
    const blamed = column === 'variante_fr' ? 'variante_en' : column;
    expect(errors.map((error) => [error.line, error.column])).toEqual([[9, blamed]]);
    expect(errors[0]?.message).toContain(good);
  });

  test('a text without its picture', () => {
    expect(errorsOf(withCell(9, 'image_2', '')).map((error) => error.column)).toEqual([
      'alt_2_fr',
      'alt_2_en',
    ]);
  });
});

describe('rows that do not fit together', () => {
  test('rows of one reference disagree', () => {
    expect(errorsOf(withCell(3, 'nom_en', 'Other mug'))).toEqual([
      {
        line: 3,
        column: 'nom_en',
        message:
          'differs from line 2; all rows of ah-001 describe one product, so write here too: "Shore mug"',
      },
    ]);
  });

  test('several variants and one without a name', () => {
    expect(errorsOf(withCell(7, 'variante_fr', ''))[0]).toMatchObject({
      line: 7,
      column: 'variante_fr',
    });
  });

  test('all errors are told at once, in the order of the file', () => {
    const twice = withCell(9, 'prix_ttc', 'x')
      .split('\n')
      .with(1, withCell(2, 'tva', 'y').split('\n')[1] ?? '')
      .join('\n');
    expect(errorsOf(twice).map(({ line, column }) => [line, column])).toEqual([
      [2, 'tva'],
      [9, 'prix_ttc'],
    ]);
  });

  test('lines are counted through cells with line breaks', () => {
    const text = withCell(2, 'description_fr', '"un\ndeux\ntrois"')
      .split('\n')
      .toSpliced(4, 1)
      .join('\n');
    expect(errorsOf(`${text}\nx`).at(-1)?.line).toBe(15);
  });
});

describe('a file that is not a catalogue', () => {
  test.each([
    ['nothing', '', 1, '', 'the file is empty'],
    ['blank lines', '\n\n', 1, '', 'the file is empty'],
    ['a missing column', SEED.replace(';tva;', ';'), 1, 'tva', 'missing'],
    [
      'an unknown column',
      SEED.replace('entretien_en;', 'entretien_en;couleur;'),
      1,
      'couleur',
      'no such column',
    ],
    ['a column named twice', SEED.replace(';alt_2_fr', ';alt_fr'), 1, 'alt_fr', 'twice'],
    ['tabs', SEED.replaceAll(';', '\t'), 1, '', 'separated by tabs; save the file with ;'],
    ['bars', SEED.replaceAll(';', '|'), 1, '', 'separated by |'],
    ['an unquoted separator', withCell(9, 'accroche_fr', 'un ; deux'), 9, '', 'double quotes'],
    ['a quote never closed', withCell(9, 'accroche_fr', '"un'), 9, 'accroche_fr', 'never closed'],
    [
      'text after a closing quote',
      withCell(9, 'accroche_fr', '"un" deux'),
      9,
      'accroche_fr',
      'doubled',
    ],
    [
      'a quote inside a plain cell',
      withCell(9, 'accroche_fr', 'un "deux"'),
      9,
      'accroche_fr',
      'quoted whole',
    ],
  ])('%s', (_, text, line, column, message) => {
    expect(errorsOf(text)[0]).toEqual({ line, column, message: expect.stringContaining(message) });
  });
});

describe('bytes', () => {
  test('UTF-8 with or without a mark', () => {
    expect(decodeCatalogueFile(Buffer.from(`\uFEFF${SEED}`))).toEqual({
      ok: true,
      text: `\uFEFF${SEED}`,
    });
  });

  test.each([
    ['Latin 1', Buffer.from(`reference;sku\né`, 'latin1'), 2],
    ['UTF-16', Buffer.from(`\uFEFF${SEED}`, 'utf16le'), 1],
    ['a workbook', Buffer.from([0x50, 0x4b, 0x03, 0x04]), 1],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47]), 1],
  ])('%s is refused', (_, bytes, line) => {
    const decoded = decodeCatalogueFile(bytes);
    expect(decoded).toMatchObject({
      ok: false,
      errors: [{ line, message: expect.stringContaining('UTF-8') }],
    });
  });
});

test('an error reads as a sentence', () => {
  expect(describeError({ line: 12, column: 'prix_ttc', message: 'is empty' })).toBe(
    'line 12, column "prix_ttc": is empty',
  );
  expect(describeError({ line: 1, column: '', message: 'the file is empty' })).toBe(
    'line 1: the file is empty',
  );
});

test('commas between the cells and in the prices are one error with one remedy', () => {
  const errors = errorsOf(lines.map((line) => line.replaceAll(';', ',')).join('\n'));

  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatchObject({ line: 2, column: '' });
  expect(errors[0]?.message).toMatch(
    /rows have more cells than the \d+ columns, because a comma.*save the file with ; between the cells/,
  );
});
