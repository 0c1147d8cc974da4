import { open } from 'node:fs/promises';
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { z } from 'zod';

import { refusedType } from '../../../images/inspect.ts';
import { answer503IfUnavailable } from './storage-unavailable.ts';

const CONTROLLERS = ['plugin::upload.admin-upload', 'plugin::upload.content-api'] as const;
const ACTIONS = ['upload', 'uploadFile', 'uploadFiles', 'replaceFile'] as const;
/** Enough for every signature, and to recognise an SVG. */
const HEAD_BYTES = 1_024;

const fileSchema = z.object({ filepath: z.string(), originalFilename: z.string().nullish() });
const filesSchema = z.union([z.array(fileSchema), fileSchema.transform((file) => [file])]);
type Action = (
  context: {
    request: { files?: { files?: unknown } };
    status: number;
    body: unknown;
    set(name: string, value: string): void;
  },
  ...rest: unknown[]
) => Promise<unknown>;
type Actions = Partial<Record<string, Action>>;

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function refuse(files: unknown): Promise<void> {
  for (const { filepath, originalFilename } of filesSchema.catch([]).parse(files)) {
    const reason = refusedType(await headOf(filepath));
    if (reason !== null)
      throw new errors.ValidationError(`« ${originalFilename ?? ''} » est refusé : ${reason}`);
  }
}

/**
 * Strapi's own list of allowed types answers in English and, among several files, drops the bad
 * ones silently. This answers before it does: one foreign file refuses the whole request, in
 * French. Call in register, before routes are made.
 */
export function refuseForeignTypes(strapi: Core.Strapi): void {
  for (const uid of CONTROLLERS) {
    strapi.get('controllers').extend(uid, (controller: Actions) => {
      for (const name of ACTIONS) {
        const action = controller[name]?.bind(controller);
        if (action === undefined) continue;
        controller[name] = async (context, ...rest) => {
          await refuse(context.request.files?.files);
          return answer503IfUnavailable(context, () => action(context, ...rest));
        };
      }
      return controller;
    });
  }
}
