import { escape, layout } from './pay-html.ts';
import type { World } from './world.ts';

/** The shop that asked for the newest payment; null while none has. */
const shopOf = ({ state }: World): string | null => {
  const { successUrl = '' } = [...state.sessions.values()].at(-1) ?? {};
  return URL.canParse(successUrl) ? new URL(successUrl).origin : null;
};

/** `GET /` for a browser: what stands here, and where the shop is. */
export const homePage = (world: World): string => {
  const shop = shopOf(world);
  const where =
    shop === null
      ? '<p>Aucune boutique ne lui a encore demandé de paiement. Celle de démonstration est d’ordinaire à l’adresse <a href="http://localhost:3000">http://localhost:3000</a>.</p>'
      : `<p>La boutique : <a href="${escape(shop)}">${escape(shop)}</a></p>`;
  return layout({
    language: 'fr',
    title: 'Simulateur de paiement',
    notice: 'Simulation de paiement — aucune carte n’est débitée',
    noticeMore: 'Rien de réel ne passe ici : ni argent, ni carte, ni banque.',
    body: `<div class="narrow"><h1>Simulateur de paiement</h1>
<p>Ce programme tient la place de Stripe tant que la boutique est en démonstration. Il n’y a rien à y faire directement.</p>
<p>Mettez une pièce au panier dans la boutique, puis commandez : le paiement se fait sur une page d’ici, où l’on choisit ce qui arrive (payé, refusé, différé…).</p>
${where}<p class="soft">Une vraie boutique n’a pas ce programme : avec les clés de Stripe, les paiements se font chez Stripe.</p></div>`,
  });
};
