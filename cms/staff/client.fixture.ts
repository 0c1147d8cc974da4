import { z } from 'zod';

/** Password of every account the tests make. */
export const PASSWORD = 'Argile-Bleue-2026';
export interface Answer {
  status: number;
  body: unknown;
}
export type Call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>;

const sessionSchema = z.object({ data: z.object({ token: z.string() }) });
const rolesSchema = z.object({
  data: z.array(z.object({ id: z.number(), code: z.string(), name: z.string() })),
});
const userSchema = z.object({
  data: z.object({ id: z.number(), preferedLanguage: z.string().nullable() }),
});

function bodyOf(body: unknown): FormData | string | undefined {
  if (body === undefined || body instanceof FormData) return body;
  return JSON.stringify(body);
}

/** Calls the admin's API with the rights of `token`. */
export function caller(url: string, token?: string): Call {
  return async (method, path, body, more = {}) => {
    const isJson = body !== undefined && !(body instanceof FormData);
    const headers = {
      ...more,
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(isJson ? { 'content-type': 'application/json' } : {}),
    };
    const response = await fetch(url + path, { method, headers, body: bodyOf(body) });
    const text = await response.text();
    return {
      status: response.status,
      body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text,
    };
  };
}

/** Logs in. @throws when the account is refused */
export async function login(url: string, email: string, password = PASSWORD): Promise<Call> {
  const { body } = await caller(url)('POST', '/admin/login', { email, password });
  return caller(url, sessionSchema.parse(body).data.token);
}

/** Makes an account with one of the ready-made roles and logs it in. */
export async function hire(
  url: string,
  manager: Call,
  code: string,
): Promise<Call & { language?: string | null }> {
  const { data: roles } = rolesSchema.parse((await manager('GET', '/admin/roles')).body);
  const role = roles.find((one) => one.code === code);
  if (!role) throw new Error(`No role ${code} among ${roles.map((one) => one.code).join(', ')}`);
  const email = `${code}@atelier-huit.test`;
  const { data: user } = userSchema.parse(
    (
      await manager('POST', '/admin/users', {
        email,
        firstname: 'Équipe',
        lastname: code,
        roles: [role.id],
      })
    ).body,
  );
  await manager('PUT', `/admin/users/${user.id}`, { password: PASSWORD, isActive: true });
  return Object.assign(await login(url, email), { language: user.preferedLanguage });
}
