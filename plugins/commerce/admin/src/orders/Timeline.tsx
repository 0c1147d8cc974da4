import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { Clock, Mail, Stack, Webhooks } from '@strapi/icons';

import type { TimelineItem } from '../../../domain/staff-order-api.ts';
import { shortDate } from '../ui/french.ts';
import { Card, Pill } from '../ui/parts.tsx';
import { replayOf, sayItem } from './timeline.ts';

const ICONS: Readonly<Record<TimelineItem['kind'], React.ReactNode>> = {
  event: <Clock />,
  mail: <Mail />,
  stock: <Stack />,
  webhook: <Webhooks />,
};
interface Props {
  items: readonly TimelineItem[];
  busy: boolean;
  onReplay: ((what: string) => void) | null;
}

const Item = ({ item, busy, onReplay }: { item: TimelineItem } & Omit<Props, 'items'>) => {
  const { title, detail, state, error } = sayItem(item);
  const replay = onReplay ? replayOf(item) : null;
  return (
    <Flex tag="li" alignItems="flex-start" gap={3} paddingBottom={4}>
      <Flex aria-hidden="true" color="neutral500" paddingTop={1}>
        {ICONS[item.kind]}
      </Flex>
      <Box grow={1} style={{ minWidth: 0 }}>
        <Typography tag="div" textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
          {title}
        </Typography>
        <Typography
          tag="div"
          variant="pi"
          textColor="neutral600"
          style={{ overflowWrap: 'anywhere' }}
        >
          {[shortDate(item.at), detail].filter(Boolean).join(' · ')}
        </Typography>
        {state ? (
          <Flex paddingTop={1}>
            <Pill tone={state.tone}>{state.text}</Pill>
          </Flex>
        ) : null}
        {error ? (
          <Typography
            tag="div"
            variant="pi"
            textColor="danger700"
            style={{ overflowWrap: 'anywhere' }}
          >
            {error}
          </Typography>
        ) : null}
      </Box>
      {replay && onReplay ? (
        <Box shrink={0}>
          <Button
            size="S"
            variant="ghost"
            disabled={busy}
            aria-label={`${replay.text} : ${title}`}
            onClick={() => onReplay(replay.what)}
          >
            {replay.text}
          </Button>
        </Box>
      ) : null}
    </Flex>
  );
};

/** What happened, newest first: events, mails, webhooks and movements of stock. */
export const Timeline = ({ items, ...rest }: Props) => (
  <Card title="Historique">
    <ol reversed style={{ listStyle: 'none' }}>
      {[...items].reverse().map((item, index) => (
        <Item key={`${items.length - index}`} item={item} {...rest} />
      ))}
    </ol>
  </Card>
);
