import type { MailOf } from '@comptoir/contracts/mails';

import type { Letter } from './letter.ts';
import { money } from './mail-text.ts';
import { addressParts, linesPart, sumsPart, testParts } from './order-parts.ts';

export function newOrder({
  data: { order, email, address, url },
}: MailOf<'merchant-new-order'>): Letter {
  const pieces = order.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const text = `${pieces} ${pieces > 1 ? 'pièces' : 'pièce'} pour ${money(order.total, 'fr')}, de ${address?.name || email}.`;
  return {
    subject: `${order.testMode ? 'Essai : commande' : 'Nouvelle commande'} ${order.number}, ${money(order.total, 'fr')}`,
    preheader: text,
    title: `Commande ${order.number}`,
    parts: [
      ...testParts(order, 'fr'),
      { kind: 'text', text },
      linesPart(order.lines, 'fr'),
      sumsPart(order, 'fr'),
      ...addressParts(address, 'fr'),
      { kind: 'text', text: `E-mail : ${email}` },
      { kind: 'button', label: 'Préparer la commande', url },
    ],
  };
}

export function lowStock({ data: { pieces, url } }: MailOf<'merchant-low-stock'>): Letter {
  const [first] = pieces;
  const text =
    pieces.length === 1
      ? 'Cette pièce passe sous le seuil que vous avez fixé.'
      : 'Ces pièces passent sous le seuil que vous avez fixé.';
  return {
    subject:
      pieces.length === 1
        ? `Stock bas : ${first?.name ?? ''}`
        : `Stock bas : ${pieces.length} pièces`,
    preheader: text,
    title: 'Stock bas',
    parts: [
      { kind: 'text', text },
      {
        kind: 'lines',
        lines: pieces.map(({ sku, name, label, available, threshold }) => ({
          title: label ? `${name}, ${label}` : name,
          detail: `${sku}, seuil ${threshold}`,
          amount: available > 0 ? `reste ${available}` : 'épuisé',
        })),
      },
      { kind: 'button', label: 'Voir le stock', url },
    ],
  };
}

/** Why an order waits, in words; anything else is shown as it comes. */
const REASONS: Readonly<Record<string, string>> = {
  amount: 'le montant reçu n’est pas celui de la commande.',
  currency: 'il n’a pas été reçu en euros.',
  mode: 'un paiement d’essai et un paiement réel ont été confondus.',
  'other-session': 'il est arrivé par une autre page de paiement que la sienne.',
  'paid-after-cancel': 'il est arrivé après l’annulation de la commande.',
  'stock-short': 'il est arrivé alors que les pièces étaient vendues.',
  flagged: 'quelque chose d’inhabituel a été signalé.',
  'refund-failed':
    'un remboursement n’a pas abouti ; l’argent est resté chez vous. Demandez-le de nouveau depuis la commande.',
  dispute:
    'la banque de l’acheteur le conteste. Répondez depuis le tableau de bord Stripe avant la date limite, et n’expédiez rien d’ici là.',
  'dispute-lost': 'la contestation est close ; la somme prise ne reviendra pas.',
  'dispute-returned':
    'la contestation est close ; la commande n’ayant plus cours, la somme est rendue à l’acheteur.',
  'dispute-ended': 'la contestation est close ; la somme contestée vous reste.',
  ledger: 'le relevé de Stripe et celui de la boutique ne disent pas la même chose.',
};

export function needsReview({
  data: { number, total, reason, url },
}: MailOf<'merchant-needs-review'>): Letter {
  const text = `Le paiement de la commande ${number} (${money(total, 'fr')}) demande votre avis : ${REASONS[reason] ?? reason}`;
  return {
    subject: `À vérifier : commande ${number}`,
    preheader: text,
    title: 'Un paiement à vérifier',
    parts: [
      { kind: 'text', text },
      {
        kind: 'text',
        text:
          reason === 'other-session'
            ? 'Si la bonne page est payée elle aussi, la commande se confirme et l’autre paiement est rendu de lui-même. Sinon, décidez.'
            : 'Rien ne part et rien n’est remboursé tant que vous n’avez pas décidé.',
      },
      { kind: 'button', label: 'Ouvrir la commande', url },
    ],
  };
}

export function staffPassword({ data: { url } }: MailOf<'staff-password'>): Letter {
  const text = 'Vous avez demandé un nouveau mot de passe pour l’administration de la boutique.';
  return {
    subject: 'Votre nouveau mot de passe',
    preheader: text,
    title: 'Choisir un nouveau mot de passe',
    parts: [
      { kind: 'text', text },
      { kind: 'button', label: 'Choisir un mot de passe', url },
      {
        kind: 'note',
        text: 'Ce lien sert une fois et pendant une heure. Si vous n’avez rien demandé, ne faites rien : votre mot de passe reste le même.',
      },
    ],
  };
}

export const staffMessage = ({ data: { subject, text } }: MailOf<'staff-message'>): Letter => ({
  subject,
  preheader: text,
  title: subject,
  parts: [{ kind: 'text', text }],
});
