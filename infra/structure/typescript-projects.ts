import { join, relative } from 'node:path';
import ts from 'typescript';
import { ROOT } from '@comptoir/env';

/** A `tsconfig` of the house. Paths are relative to the checkout. */
export interface Project {
  config: string;
  files: readonly string[];
  references: readonly string[];
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
  };
};

/** What `tsc -b` checks: every project that the root's `tsconfig.json` refers to. */
export const projects = (): Project[] => readProject('tsconfig.json').references.map(readProject);
