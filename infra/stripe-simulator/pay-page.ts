import { exampleOf, type FieldErrors, type FieldName, shownFields, type Typed } from './details.ts';
import { type Session, totalOf } from './objects.ts';
import { escape, layout } from './pay-html.ts';
import { languageOf, type PayTexts, textsOf } from './pay-texts.ts';

/** What one page needs; `session` null: no such session. */
export interface PageContext {
  language: 'fr' | 'en';
  texts: PayTexts;
}

export const contextOf = (session: Session | null, acceptLanguage?: string): PageContext => {
  const language = languageOf(session?.locale ?? 'auto', acceptLanguage);
  return { language, texts: textsOf(language) };
};

const euros = (cents: number, language: 'fr' | 'en'): string =>
  new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-IE', {
    style: 'currency',
    currency: 'EUR',
  }).format(cents / 100);
const whole = ({ language, texts }: PageContext, title: string, body: string): string =>
  layout({ language, title, notice: texts.notice, noticeMore: texts.noticeMore, body });

const row = (name: string, value: string, kind = ''): string =>
  `<div${kind === '' ? '' : ` class="${kind}"`}><dt>${escape(name)}</dt><dd>${escape(value)}</dd></div>`;
const summary = (session: Session, { language, texts }: PageContext): string => {
  const { shipping, order } = session;
  const lines = session.lines.map(({ name, quantity, unitAmount }) =>
    row(quantity === 1 ? name : `${quantity} × ${name}`, euros(unitAmount * quantity, language)),
  );
  const delivery =
    shipping === null
      ? ''
      : row(
          shipping.name === texts.delivery ? shipping.name : `${texts.delivery} (${shipping.name})`,
          shipping.amount === 0 ? texts.free : euros(shipping.amount, language),
        );
  return `<section aria-labelledby="order"><h2 id="order">${escape(texts.order)}</h2>${order === null ? '' : `<p class="soft">${escape(texts.reference)} ${escape(order)}</p>`}<dl>${lines.join('')}${delivery}${row(texts.total, euros(totalOf(session), language), 'total')}</dl></section>`;
};

const autocomplete: Readonly<Record<FieldName, string>> = {
  name: 'name',
  email: 'email',
  phone: 'tel',
  line1: 'address-line1',
  line2: 'address-line2',
  postalCode: 'postal-code',
  city: 'address-level2',
  country: 'country',
};
const kinds: Partial<Record<FieldName, string>> = { email: 'email', phone: 'tel' };

const countries = (session: Session, typed: Typed, language: 'fr' | 'en'): string => {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  return (session.countries ?? [])
    .map(
      (code) =>
        `<option value="${code}"${code === typed.country ? ' selected' : ''}>${escape(names.of(code) ?? code)}</option>`,
    )
    .join('');
};

const field = (
  name: FieldName,
  session: Session,
  { typed, errors, context }: FormState,
): string => {
  const wrong = errors[name];
  const first = Object.keys(errors)[0] === name ? ' autofocus' : '';
  const marks =
    wrong === undefined ? '' : ` aria-invalid="true" aria-describedby="${name}-error"${first}`;
  const control =
    name === 'country'
      ? `<select name="country" autocomplete="country"${marks}>${countries(session, typed, context.language)}</select>`
      : `<input name="${name}" type="${kinds[name] ?? 'text'}" value="${escape(typed[name])}" maxlength="200" autocomplete="${autocomplete[name]}"${name === 'email' && session.customerEmail !== null ? ' readonly' : ''}${marks}>`;
  return `<label><span>${escape(context.texts[name])}</span>${control}${wrong === undefined ? '' : `<span class="error" id="${name}-error">${escape(wrong)}</span>`}</label>`;
};

export interface FormState {
  typed: Typed;
  errors: FieldErrors;
  alert: string | null;
  context: PageContext;
}

const fields = (session: Session, state: FormState): string => {
  const { texts } = state.context;
  const shown = shownFields(session);
  const draw = (name: FieldName): string =>
    shown.includes(name) ? field(name, session, state) : '';
  const contact = `<fieldset><legend>${escape(texts.contact)}</legend>${draw('email')}${draw('phone')}${session.countries === null ? draw('name') : ''}</fieldset>`;
  if (session.countries === null) return contact;
  return `${contact}<fieldset><legend>${escape(texts.address)}</legend>${draw('name')}${draw('line1')}${draw('line2')}<div class="pair">${draw('postalCode')}${draw('city')}</div>${draw('country')}</fieldset>`;
};

const others = (session: Session, { texts }: PageContext): string => {
  const choices = [
    ['decline', texts.decline, texts.declineMore],
    ['secure', texts.secure, texts.secureMore],
    ['later', texts.later, session.excluded.length > 0 ? texts.laterExcluded : texts.laterMore],
    ['close', texts.close, texts.closeMore],
    ['twice', texts.twice, texts.twiceMore],
  ];
  const items = choices.map(
    ([action = '', name = '', more = '']) =>
      `<li><button name="action" value="${action}" aria-describedby="${action}-more">${escape(name)}</button><span id="${action}-more">${escape(more)}</span></li>`,
  );
  return `<section class="others" aria-labelledby="others"><h2 id="others">${escape(texts.others)}</h2><p class="soft">${escape(texts.othersMore)}</p><ul class="choices">${items.join('')}</ul></section>`;
};

/** The page where one pays: order, address, and every way a payment can go. */
export const payPage = (
  session: Session,
  state: Partial<FormState> & { context: PageContext },
): string => {
  const { context } = state;
  const { texts, language } = context;
  const full: FormState = { typed: exampleOf(session), errors: {}, alert: null, ...state };
  const alert =
    full.alert === null ? '' : `<p class="alert" role="alert">${escape(full.alert)}</p>`;
  const cancel =
    session.cancelUrl === null
      ? ''
      : `<p><a href="${escape(session.cancelUrl)}">${escape(texts.cancel)}</a></p>`;
  return whole(
    context,
    texts.title,
    `<h1>${escape(texts.title)}</h1>${alert}<div class="columns">${summary(session, context)}
<form method="post">${fields(session, full)}<button class="main" name="action" value="pay">${escape(texts.pay)} ${escape(euros(totalOf(session), language))}</button>${others(session, context)}${cancel}</form></div>`,
  );
};

interface Choice {
  action: string;
  name: string;
}
const forms = (choices: readonly Choice[]): string =>
  `<form method="post" class="stack">${choices.map(({ action, name }, index) => `<button${index === 0 ? ' class="main"' : ''} name="action" value="${action}">${escape(name)}</button>`).join('')}</form>`;
const page = (
  context: PageContext,
  title: string,
  paragraphs: readonly string[],
  rest = '',
): string =>
  whole(
    context,
    title,
    `<div class="narrow"><h1>${escape(title)}</h1>${paragraphs.map((text) => `<p>${escape(text)}</p>`).join('')}${rest}</div>`,
  );
const link = (href: string | null, name: string): string =>
  href === null ? '' : `<p><a href="${escape(href)}">${escape(name)}</a></p>`;

/** The bank's question. */
export const securePage = (context: PageContext): string => {
  const { texts } = context;
  return page(
    context,
    texts.secureTitle,
    [texts.secureText],
    forms([
      { action: 'confirm', name: texts.confirm },
      { action: 'reject', name: texts.reject },
    ]),
  );
};

/** A delayed payment on its way. @param timed whether it settles by itself */
export const pendingPage = (context: PageContext, back: string, timed: boolean): string => {
  const { texts } = context;
  return page(
    context,
    texts.pendingTitle,
    [texts.pendingText, ...(timed ? [texts.pendingTimer] : [])],
    `${forms([
      { action: 'arrive', name: texts.arrive },
      { action: 'bounce', name: texts.bounce },
    ])}<br>${link(back, texts.back)}`,
  );
};

/** After a payment whose tab was "closed": has no link back, because a closed tab has none. */
export const closedPage = (context: PageContext): string =>
  page(context, context.texts.paidTitle, [context.texts.paidClose]);
export const completePage = (context: PageContext, back: string): string =>
  page(
    context,
    context.texts.completeTitle,
    [context.texts.completeText],
    link(back, context.texts.back),
  );
export const expiredPage = (context: PageContext, back: string | null): string =>
  page(
    context,
    context.texts.expiredTitle,
    [context.texts.expiredText],
    link(back, context.texts.back),
  );
export const unknownPage = (context: PageContext): string =>
  page(context, context.texts.unknownTitle, [context.texts.unknownText]);
