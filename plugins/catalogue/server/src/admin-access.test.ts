import { expect, test } from 'vitest';

import { generatePassword, resetReport } from './admin-access.ts';

test('generated passwords satisfy the admin and never repeat', () => {
  const made = Array.from({ length: 500 }, generatePassword);
  for (const password of made) {
    expect(password).toMatch(/^(?:[a-zA-Z2-9]{5}-){3}[a-zA-Z2-9]{5}$/);
    expect(password).toMatch(/[a-z]/);
    expect(password).toMatch(/[A-Z]/);
    expect(password).toMatch(/\d/);
    expect(password).not.toMatch(/[lIO01o]/);
  }
  expect(new Set(made).size).toBe(made.length);
});

test.each([
  [{ ok: true, email: 'a@b.fr', password: 'secret' }, 0, 'secret'],
  [{ ok: false, reason: 'no-admin' }, 1, 'npm start'],
  [{ ok: false, reason: 'which-one', emails: ['a@b.fr', 'c@d.fr'] }, 1, '  - c@d.fr'],
  [{ ok: false, reason: 'unknown-email', emails: ['a@b.fr'] }, 1, 'Aucun compte n’a cette adresse'],
] as const)('%j is reported', (result, code, text) => {
  const report = resetReport(
    'emails' in result ? { ...result, emails: [...result.emails] } : result,
  );
  expect(report.code).toBe(code);
  expect(report.text).toContain(text);
});
