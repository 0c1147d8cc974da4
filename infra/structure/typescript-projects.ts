import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { ROOT } from '@comptoir/env';

/** A `tsconfig` of the house. Paths are relative to the checkout. */
export interface Project {
  config: string;
  files: readonly string[];
  references: readonly string[];
  options: ts.CompilerOptions;
}

const host: ts.ParseConfigFileHost = {
  ...ts.sys,
  onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
    throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
  },
};

const configOf = (reference: ts.ProjectReference): string =>
  relative(ROOT, ts.resolveProjectReferencePath(reference));

/** Reads one configuration. @throws Error naming what is wrong in it */
export const readProject = (config: string): Project => {
  const parsed = ts.getParsedCommandLineOfConfigFile(join(ROOT, config), {}, host);
  if (!parsed) throw new Error(`${config} cannot be read`);
  // An empty `files` is what a configuration that only refers to others has.
  const wrong = parsed.errors.find(({ code }) => code !== 18002);
  if (wrong)
    throw new Error(`${config}: ${ts.flattenDiagnosticMessageText(wrong.messageText, '\n')}`);
  return {
    config,
    files: parsed.fileNames.map((file) => relative(ROOT, file)),
    references: (parsed.projectReferences ?? []).map(configOf),
    options: parsed.options,
  };
};

/** What `tsc -b` checks: every project that the root's `tsconfig.json` refers to. */
export const projects = (): Project[] => readProject('tsconfig.json').references.map(readProject);

const importsOf = (file: string): string[] =>
  ts
    .preProcessFile(readFileSync(join(ROOT, file), 'utf8'))
    .importedFiles.map(({ fileName }) => fileName);

/**
 * The file of ours that an import leads to, whether it names a path or a package; undefined for a
 * package of others.
 */
const resolver = (options: ts.CompilerOptions) => {
  const cache = ts.createModuleResolutionCache(ROOT, (path) => path, options);
  return (from: string, name: string): string | undefined => {
    const { resolvedModule } = ts.resolveModuleName(name, join(ROOT, from), options, ts.sys, cache);
    const file = resolvedModule && relative(ROOT, resolvedModule.resolvedFileName);
    return file?.startsWith('node_modules/') ? undefined : file;
  };
};

/**
 * Imports from one project into another to which it does not refer. TypeScript itself is silent
 * about some of them (a package name leads through node_modules), and `tsc -b` then does not see
 * that the other project changed.
 * @returns lines `project → project (file)`, one for each pair
 */
export const unreferredImports = (all: readonly Project[]): string[] => {
  const homes = new Map(all.flatMap(({ config, files }) => files.map((file) => [file, config])));
  const found = new Map<string, string>();
  for (const { config, files, references, options } of all) {
    const targetOf = resolver(options);
    for (const file of files.filter((path) => /(?<!\.d)\.tsx?$/.test(path))) {
      for (const name of importsOf(file)) {
        const home = homes.get(targetOf(file, name) ?? '');
        if (home !== undefined && home !== config && !references.includes(home))
          found.set(`${config} → ${home}`, file);
      }
    }
  }
  return [...found].map(([pair, file]) => `${pair} (${file})`);
};
