import { Button, Flex, LinkButton } from '@strapi/design-system';
import { ArrowClockwise, Check, Cross, File, PaperPlane, Pencil } from '@strapi/icons';
import { useIsMobile } from '@strapi/strapi/admin';
import { Link } from 'react-router-dom';

import type { OrderAction } from '../../../domain/staff-order-api.ts';
import { slipPage } from './paths.ts';

interface Look {
  text: string;
  icon: React.ReactNode;
  weak?: 'tertiary' | 'danger-light';
}
const LOOKS: Readonly<Record<OrderAction, Look>> = {
  approve: { text: 'Accepter le paiement', icon: <Check /> },
  'retry-refunds': {
    text: 'Relancer les remboursements',
    icon: <ArrowClockwise />,
    weak: 'tertiary',
  },
  'put-aside': { text: 'Classer, réglée autrement', icon: null, weak: 'tertiary' },
  prepare: { text: 'Préparer', icon: <Check /> },
  ship: { text: 'Expédier', icon: <PaperPlane /> },
  'correct-tracking': { text: 'Corriger le suivi', icon: <Pencil />, weak: 'tertiary' },
  refund: { text: 'Rembourser', icon: null, weak: 'tertiary' },
  cancel: { text: 'Annuler', icon: <Cross />, weak: 'danger-light' },
};
/** From the rarest to the next step, which stands last, at the page's corner; on a phone it comes first, nearest to the title. */
const ORDER: readonly OrderAction[] = [
  'cancel',
  'refund',
  'put-aside',
  'retry-refunds',
  'correct-tracking',
  'ship',
  'prepare',
  'approve',
];
const STEPS: readonly OrderAction[] = ['approve', 'prepare', 'ship'];

interface Props {
  number: string;
  actions: readonly OrderAction[];
  busy: boolean;
  onAct(action: OrderAction): void;
}

/** What can be done with an order now; its next step in the strongest colour. */
export function OrderActions({ number, actions, busy, onAct }: Props) {
  const next = STEPS.find((step) => actions.includes(step));
  const phone = useIsMobile();
  // On a phone the words alone: with their icons five buttons take a third row.
  const iconOf = (icon: React.ReactNode): React.ReactNode => (phone ? null : icon);
  const buttons = [
    <LinkButton
      key="slip"
      tag={Link}
      to={slipPage(number)}
      variant="tertiary"
      startIcon={iconOf(<File />)}
    >
      Bon de préparation
    </LinkButton>,
    ...ORDER.filter((action) => actions.includes(action)).map((action) => {
      const { text, icon, weak } = LOOKS[action];
      return (
        <Button
          key={action}
          variant={action === next ? 'default' : (weak ?? 'secondary')}
          startIcon={iconOf(icon)}
          disabled={busy}
          onClick={() => onAct(action)}
        >
          {text}
        </Button>
      );
    }),
  ];
  return (
    <Flex gap={2} wrap="wrap">
      {phone ? buttons.reverse() : buttons}
    </Flex>
  );
}
