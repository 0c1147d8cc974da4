import { CsvError as SyntaxFailure, parse } from 'csv-parse/sync';

import { KNOWN_COLUMNS, REQUIRED_COLUMNS } from './csv-columns.ts';
import type { CsvError } from './csv-product.ts';

/** One row: its first line in the file and its cells by column name. */
export interface CsvRow {
  line: number;
  cells: Record<string, string>;
}
type RowsRead = { ok: true; columns: string[]; rows: CsvRow[] } | { ok: false; errors: CsvError[] };

interface Line {
  line: number;
  cells: string[];
}

/** Splits a file into rows under known column names. Values are not looked at. */
export function readRows(text: string): RowsRead {
  const clean = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const separator = wrongSeparator(clean);
  if (separator !== null)
    return {
      ok: false,
      errors: [
        {
          line: 1,
          column: '',
          message: `the columns are separated by ${separator}; save the file with ; or , between them`,
        },
      ],
    };
  const split = splitLines(clean);
  if (!split.ok) return split;
  const [header, ...body] = split.lines.filter((line) =>
    line.cells.some((cell) => cell.trim() !== ''),
  );
  if (header === undefined)
    return {
      ok: false,
      errors: [
        {
          line: 1,
          column: '',
          message: `the file is empty; its first line names the columns: ${REQUIRED_COLUMNS.join(';')}`,
        },
      ],
    };
  const columns = header.cells.map((name) => name.trim().toLowerCase());
  const headerErrors = checkHeader(columns, header.line);
  if (headerErrors.length > 0) return { ok: false, errors: headerErrors };
  const errors = widthErrors(body, columns, delimiterOf(clean));
  if (errors.length > 0) return { ok: false, errors };
  return {
    ok: true,
    columns,
    rows: body.map((line) => ({ line: line.line, cells: byName(line.cells, columns) })),
  };
}

/**
 * The separator of a first line that has none of those read here but one that spreadsheets write;
 * null when it has neither.
 */
function wrongSeparator(text: string): string | null {
  const firstLine = text.split('\n', 1)[0] ?? '';
  if (/[;,]/.test(firstLine)) return null;
  if (firstLine.includes('\t')) return 'tabs';
  return firstLine.includes('|') ? '|' : null;
}

/** What stands between the cells, by the first line. */
const delimiterOf = (text: string): ';' | ',' =>
  (text.split('\n', 1)[0] ?? '').includes(';') ? ';' : ',';

function splitLines(text: string): { ok: true; lines: Line[] } | { ok: false; errors: CsvError[] } {
  const delimiter = delimiterOf(text);
  const options = { delimiter, record_delimiter: '\n', relax_column_count: true };
  try {
    return { ok: true, lines: number(parse(text, options)) };
  } catch (error) {
    if (!(error instanceof SyntaxFailure)) throw error;
    // The parser reports where it gave up, which may be far below: the row at fault starts after
    // the last whole one.
    const whole =
      typeof error.records === 'number' && error.records > 0
        ? number(parse(text, { ...options, to: error.records }))
        : [];
    const last = whole.at(-1);
    return {
      ok: false,
      errors: [
        syntaxError(
          error,
          last === undefined ? 1 : after(last),
          (text.split('\n', 1)[0] ?? '').split(delimiter),
        ),
      ],
    };
  }
}

function number(records: string[][]): Line[] {
  let line = 1;
  return records.map((cells) => {
    const numbered = { line, cells };
    line = after(numbered);
    return numbered;
  });
}

/** The line on which the next row starts. */
function after({ line, cells }: Line): number {
  return line + 1 + cells.reduce((sum, cell) => sum + newlines(cell), 0);
}

function newlines(text: string): number {
  return text.split('\n').length - 1;
}

const SYNTAX: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED:
    'this cell opens a double quote that is never closed; a good value is plain text or "text between two double quotes"',
  CSV_INVALID_CLOSING_QUOTE:
    'this cell opens a double quote that is never closed, or contains one that is not doubled; good value is "a ""quoted"" word"',
  INVALID_OPENING_QUOTE:
    'a cell that contains a double quote must be quoted whole, its quotes doubled: "a ""quoted"" word"',
};

function syntaxError(error: SyntaxFailure, line: number, header: string[]): CsvError {
  const column = typeof error.column === 'number' ? (header[error.column]?.trim() ?? '') : '';
  return { line, column, message: SYNTAX[error.code] ?? error.message };
}

function checkHeader(columns: string[], line: number): CsvError[] {
  const missing = REQUIRED_COLUMNS.filter((name) => !columns.includes(name)).map((name) => ({
    line,
    column: name,
    message: `this column is missing; the first line must name ${REQUIRED_COLUMNS.join(';')}`,
  }));
  const unknown = columns
    .filter((name) => !KNOWN_COLUMNS.has(name))
    .map((name) => ({
      line,
      column: name,
      message: `no such column; allowed: ${[...REQUIRED_COLUMNS, 'dimensions_en', 'image_2', 'alt_2_fr', 'alt_2_en', '…'].join(', ')}`,
    }));
  const twice = columns
    .filter((name, index) => columns.indexOf(name) !== index)
    .map((name) => ({
      line,
      column: name,
      message: 'this column is named twice; name each column once',
    }));
  return [...missing, ...unknown, ...twice];
}

/**
 * Rows that are all too wide have one cause, and one remedy: decimal commas and commas in texts, in
 * a file that has commas between its cells.
 */
function widthErrors(body: Line[], columns: string[], delimiter: ';' | ','): CsvError[] {
  const errors = body.flatMap((line) => checkWidth(line, columns));
  const [first] = errors;
  if (delimiter === ';' || first === undefined || errors.length < 2) return errors;
  return [
    {
      ...first,
      message: `${errors.length} rows have more cells than the ${columns.length} columns, because a comma in a price or a text counts as a separator; save the file with ; between the cells`,
    },
  ];
}

/**
 * Excel drops empty cells at the end of a row, so a short row may only lack those; a long one has
 * an unquoted separator.
 */
function checkWidth({ line, cells }: Line, columns: string[]): CsvError[] {
  if (
    cells.length <= columns.length ||
    cells.slice(columns.length).every((cell) => cell.trim() === '')
  )
    return [];
  return [
    {
      line,
      column: '',
      message: `${cells.length} cells for ${columns.length} columns; a text that contains the separator must be in double quotes`,
    },
  ];
}

function byName(cells: string[], columns: string[]): Record<string, string> {
  return Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? '']));
}
