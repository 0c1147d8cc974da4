import { z } from 'zod';

const fileSchema = z.object({
  id: z.int(),
  name: z.string(),
  url: z.string(),
  mime: z.string(),
  provider: z.string(),
  hash: z.string(),
  ext: z.string(),
  isUrlSigned: z.boolean().optional(),
});
/** A media file as the admin's HTTP API shows it. */
export type LibraryFile = z.infer<typeof fileSchema>;
const failureSchema = z.object({ error: z.object({ status: z.int(), message: z.string() }) });

/** A picture to send. */
export interface Sent {
  bytes: Buffer;
  name: string;
  type: string;
}

/** The media library over the admin's HTTP API, as a signed-in person uses it; for tests. */
export interface AdminLibrary {
  upload(...pictures: Sent[]): Promise<{ status: number; files: LibraryFile[]; message: string }>;
  replace(
    id: number,
    picture: Sent,
  ): Promise<{ status: number; files: LibraryFile[]; message: string }>;
  remove(id: number): Promise<number>;
  list(): Promise<LibraryFile[]>;
}

function formOf(pictures: readonly Sent[]): FormData {
  const form = new FormData();
  for (const { bytes, name, type } of pictures)
    form.append('files', new Blob([new Uint8Array(bytes)], { type }), name);
  return form;
}

/** Signs in at `url` (the API's address). @throws Error when the sign-in is refused */
export async function openLibrary(
  url: string,
  admin: { email: string; password: string },
): Promise<AdminLibrary> {
  const login = await fetch(`${url}/admin/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(admin),
  });
  const { data } = z.object({ data: z.object({ token: z.string() }) }).parse(await login.json());
  const headers = { authorization: `Bearer ${data.token}` };
  const send = async (
    path: string,
    pictures: readonly Sent[],
  ): ReturnType<AdminLibrary['upload']> => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers,
      body: formOf(pictures),
    });
    const body: unknown = await answer.json();
    if (answer.ok)
      return {
        status: answer.status,
        files: z.array(fileSchema).parse(Array.isArray(body) ? body : [body]),
        message: '',
      };
    return { status: answer.status, files: [], message: failureSchema.parse(body).error.message };
  };
  return {
    upload: (...pictures) => send('/upload', pictures),
    replace: (id, picture) => send(`/upload?id=${id}`, [picture]),
    remove: async (id) =>
      (await fetch(`${url}/upload/files/${id}`, { method: 'DELETE', headers })).status,
    async list() {
      const answer = await fetch(`${url}/upload/files?pageSize=100`, { headers });
      return z.object({ results: z.array(fileSchema) }).parse(await answer.json()).results;
    },
  };
}
