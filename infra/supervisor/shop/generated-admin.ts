import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const adminSchema = z.object({ email: z.string(), password: z.string() });

/** Where `setup` keeps a generated administrator's password. */
export const adminFile = (dataDir: string): string => join(dataDir, 'admin.json');

/**
 * The administrator that `setup` made with a password of its own; null when the password came from
 * ADMIN_PASSWORD.
 */
export const generatedAdmin = (dataDir: string): z.infer<typeof adminSchema> | null =>
  existsSync(adminFile(dataDir))
    ? adminSchema.parse(JSON.parse(readFileSync(adminFile(dataDir), 'utf8')))
    : null;
