/** How a test file is run, told by its name. */
export type Kind = 'unit' | 'integration' | 'browser';
export const kinds: readonly Kind[] = ['unit', 'integration', 'browser'];

/** A test file; its path is relative to the checkout. */
export interface TestFile {
  path: string;
  text: string;
}
/** Files of one kind that one runner gets; with `title`, only the tests whose title holds it. */
export interface Batch {
  kind: Kind;
  files: readonly string[];
  title?: string;
}

/** @returns undefined when the path is no test's */
export const kindOf = (path: string): Kind | undefined => {
  if (path.endsWith('.browser.ts')) return 'browser';
  if (path.endsWith('.int.test.ts')) return 'integration';
  return /\.test\.tsx?$/.test(path) ? 'unit' : undefined;
};

const batches = (paths: readonly string[], title?: string): Batch[] =>
  kinds
    .map((kind) => ({ kind, files: paths.filter((path) => kindOf(path) === kind) }))
    .filter(({ files }) => files.length > 0)
    .map((batch) => ({ ...batch, ...(title !== undefined && { title }) }));

/**
 * What `npm test -- NAME` runs: the file of that path; else every file whose path holds NAME; else
 * the tests whose title holds NAME, in the files that speak of it.
 * @param name a path from the checkout, a part of one, or words of a title
 * @returns nothing when neither a path nor a text holds the name
 */
export const chooseTests = (files: readonly TestFile[], name: string): Batch[] => {
  const wanted = name.replace(/^\.\//, '');
  const paths = files.map(({ path }) => path);
  if (paths.includes(wanted)) return batches([wanted]);
  const named = paths.filter((path) => path.includes(wanted));
  if (named.length > 0) return batches(named);
  return batches(
    files.filter(({ text }) => text.includes(name)).map(({ path }) => path),
    name,
  );
};

/** What was searched without result, for a person who mistyped. */
export const notFound = (files: readonly TestFile[], name: string): string => {
  const counts = kinds.map((kind) => {
    const count = files.filter(({ path }) => kindOf(path) === kind).length;
    return `${count} ${kind}`;
  });
  return (
    `No test is called "${name}": no path of a test file (${counts.join(', ')}) holds it, and no title in them. ` +
    'Give a path, a part of one, or words of a title as they stand in the file.'
  );
};
