import { Box, Flex, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { useIsMobile } from '@strapi/strapi/admin';
import { Link } from 'react-router-dom';

import type { OrderListMeta } from '../../../domain/staff-order-api.ts';
import { countOf, FILTERS, type ListQuery } from './list-query.ts';

type Filter = ListQuery['filter'];
interface Props {
  chosen: Filter;
  counts: OrderListMeta['counts'] | null;
  addressOf(filter: Filter): string;
  onChoose(filter: Filter): void;
}

const counted = (counts: Props['counts'], filter: Filter): string =>
  counts === null ? '' : String(countOf(counts, filter));
const isFilter = (value: string): value is Filter => FILTERS.some(({ filter }) => filter === value);

const Tab = ({
  text,
  count,
  active,
  to,
  urgent,
}: {
  text: string;
  count: string;
  active: boolean;
  to: string;
  urgent: boolean;
}) => (
  <Flex
    tag={Link}
    to={{ search: to }}
    aria-current={active ? 'page' : undefined}
    gap={2}
    hasRadius
    paddingLeft={3}
    paddingRight={3}
    paddingTop={2}
    paddingBottom={2}
    background={active ? 'primary100' : 'neutral0'}
    borderColor={active ? 'primary600' : 'neutral200'}
    style={{ textDecoration: 'none' }}
  >
    <Typography
      fontWeight={active ? 'bold' : 'regular'}
      textColor={active ? 'primary700' : 'neutral800'}
      style={{ whiteSpace: 'nowrap' }}
    >
      {text}
    </Typography>
    <Typography
      variant="pi"
      fontWeight="bold"
      textColor={urgent ? 'danger700' : active ? 'primary700' : 'neutral600'}
      style={{ fontVariantNumeric: 'tabular-nums', minWidth: '1ch' }}
    >
      {count}
    </Typography>
  </Flex>
);

/** States to choose from with their counts: links on a wide screen, a list to pick from on a phone. */
export function OrderFilters({ chosen, counts, addressOf, onChoose }: Props) {
  if (useIsMobile()) {
    return (
      <SingleSelect
        aria-label="État des commandes"
        value={chosen}
        onChange={(value) => {
          if (isFilter(String(value))) onChoose(String(value) as Filter);
        }}
      >
        {FILTERS.map(({ filter, text }) => (
          <SingleSelectOption key={filter} value={filter}>
            {counts === null ? text : `${text} (${counted(counts, filter)})`}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    );
  }
  return (
    <Box tag="nav" aria-label="État des commandes">
      <Flex tag="ul" wrap="wrap" gap={2} style={{ listStyle: 'none' }}>
        {FILTERS.map(({ filter, text }) => (
          <li key={filter}>
            <Tab
              text={text}
              to={addressOf(filter)}
              count={counted(counts, filter)}
              active={filter === chosen}
              urgent={filter === 'needs_review' && (counts?.needs_review ?? 0) > 0}
            />
          </li>
        ))}
      </Flex>
    </Box>
  );
}
