import type { Core } from '@strapi/strapi';
import { LOCALES } from '@comptoir/contracts';

const NAMES = { fr: 'Français (fr)', en: 'English (en)' } as const;
interface LocaleService {
  findByCode(code: string): Promise<{ id: number } | null>;
  create(locale: { code: string; name: string }): Promise<unknown>;
  setDefaultLocale(locale: { code: string }): Promise<unknown>;
  getDefaultLocale(): Promise<string>;
}

/** The shop's languages exist, and French is the one documents start in. */
export async function ensureLocales(strapi: Core.Strapi): Promise<void> {
  const locales: LocaleService = strapi.plugin('i18n').service('locales');
  for (const code of LOCALES) {
    if (!(await locales.findByCode(code))) await locales.create({ code, name: NAMES[code] });
  }
  if ((await locales.getDefaultLocale()) !== 'fr') await locales.setDefaultLocale({ code: 'fr' });
}
