import { Box, Button, EmptyStateLayout, Flex, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import type { ReactNode } from 'react';

import type { Problem } from './request-problem.ts';

/** Colours of states; each goes with words. */
const TONES = {
  success: ['success100', 'success700'],
  warning: ['warning100', 'warning700'],
  danger: ['danger100', 'danger700'],
  secondary: ['secondary100', 'secondary700'],
  neutral: ['neutral150', 'neutral700'],
} as const;
export type Tone = keyof typeof TONES;

/** A state in words and colour. */
export function Pill({ tone, children }: { tone: Tone; children: string }) {
  const [background, color] = TONES[tone];
  return (
    <Box
      tag="span"
      display="inline-block"
      background={background}
      hasRadius
      paddingLeft={2}
      paddingRight={2}
    >
      <Typography
        variant="pi"
        fontWeight="semiBold"
        textColor={color}
        style={{ whiteSpace: 'nowrap' }}
      >
        {children}
      </Typography>
    </Box>
  );
}

/** Digits of one width, so that columns and changing amounts stand still. */
export function Figure({ children, bold = false }: { children: ReactNode; bold?: boolean }) {
  return (
    <Typography
      fontWeight={bold ? 'bold' : 'regular'}
      textColor="neutral800"
      style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}
    >
      {children}
    </Typography>
  );
}

/**
 * A heading of a table's column of figures, above its last digit: Strapi's cell would leave it on
 * the left.
 */
export function RightHeading({ children }: { children: string }) {
  return (
    <Typography variant="sigma" style={{ marginInlineStart: 'auto' }}>
      {children}
    </Typography>
  );
}

/** A titled part of a page. */
export function Card({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Box
      tag="section"
      aria-label={title}
      background="neutral0"
      hasRadius
      shadow="tableShadow"
      padding={{ initial: 4, large: 5 }}
    >
      <Flex justifyContent="space-between" gap={3} paddingBottom={3}>
        <Typography tag="h2" variant="delta">
          {title}
        </Typography>
        {aside}
      </Flex>
      {children}
    </Box>
  );
}

/** Pages of a list, when there is more than one. `page` counts from 1. */
export function Pager({
  page,
  pageSize,
  total,
  onPage,
}: {
  page: number;
  pageSize: number;
  total: number;
  onPage(page: number): void;
}) {
  const last = Math.max(1, Math.ceil(total / pageSize));
  if (last === 1 && page === 1) return null;
  return (
    <Flex tag="nav" aria-label="Pages" justifyContent="center" gap={4} paddingTop={4}>
      <Button
        variant="tertiary"
        disabled={page <= 1}
        onClick={() => onPage(Math.min(page - 1, last))}
      >
        Précédente
      </Button>
      <Typography
        aria-live="polite"
        style={{ fontVariantNumeric: 'tabular-nums' }}
      >{`Page ${page} sur ${last}`}</Typography>
      <Button variant="tertiary" disabled={page >= last} onClick={() => onPage(page + 1)}>
        Suivante
      </Button>
    </Flex>
  );
}

/** What stands in place of something that could not be read. */
export function ReadFailure({ problem, retry }: { problem: Problem; retry(): Promise<void> }) {
  return (
    <Box role="alert">
      <EmptyStateLayout
        content={problem.message}
        action={
          <Button variant="secondary" startIcon={<ArrowClockwise />} onClick={() => void retry()}>
            Réessayer
          </Button>
        }
      />
    </Box>
  );
}
