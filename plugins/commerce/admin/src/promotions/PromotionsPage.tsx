import { Button, EmptyStateLayout, Main, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { Layouts, Page } from '@strapi/strapi/admin';
import { useState } from 'react';

import { permissionOf } from '../../../domain/staff-permissions.ts';
import type { PromotionCode } from '../../../domain/staff-promotions.ts';
import { ActionDialog } from '../ui/ActionDialog.tsx';
import { ReadFailure } from '../ui/elements.tsx';
import type { Problem } from '../ui/request-problem.ts';
import { useRead, useSay, useSend } from '../ui/use-requests.ts';
import { PromotionDialog } from './PromotionDialog.tsx';
import { PromotionTable } from './PromotionTable.tsx';

function RemoveDialog({
  code,
  onClose,
  onDone,
}: {
  code: string;
  onClose(): void;
  onDone(): void;
}) {
  const send = useSend();
  const say = useSay();
  const confirm = async (): Promise<Problem | null> => {
    const sent = await send('del', `/commerce/promotions/${encodeURIComponent(code)}`);
    if (!sent.ok) return sent.problem;
    say.done(`Code ${code} supprimé.`);
    onDone();
    return null;
  };
  return (
    <ActionDialog
      title={`Supprimer ${code}`}
      confirm="Supprimer"
      danger
      onConfirm={confirm}
      onClose={onClose}
    >
      <Typography tag="p">
        Ce code n’a jamais servi. Les clients qui le tapent liront qu’il n’existe pas.
      </Typography>
    </ActionDialog>
  );
}

type Open = { kind: 'edit'; promotion: PromotionCode | null } | { kind: 'remove'; code: string };

function Promotions() {
  const { data, problem, reload } = useRead<{ data: PromotionCode[] }>('/commerce/promotions');
  const [open, setOpen] = useState<Open | null>(null);
  const done = (): void => {
    setOpen(null);
    void reload();
  };
  const add = (
    <Button startIcon={<Plus />} onClick={() => setOpen({ kind: 'edit', promotion: null })}>
      Nouveau code
    </Button>
  );
  return (
    <Main aria-busy={data === null && problem === null}>
      <Page.Title>Codes promotionnels</Page.Title>
      <Layouts.Header
        title="Codes promotionnels"
        subtitle="Le client tape un code dans son panier, et la boutique calcule la remise."
        primaryAction={add}
      />
      <Layouts.Content>
        {data === null && problem === null ? <Page.Loading /> : null}
        {data === null && problem !== null ? (
          <ReadFailure problem={problem} retry={reload} />
        ) : null}
        {data?.data.length === 0 ? (
          <EmptyStateLayout content="Pas encore de code. Le premier peut offrir une remise ou la livraison." />
        ) : null}
        {data && data.data.length > 0 ? (
          <PromotionTable
            promotions={data.data}
            onEdit={(promotion) => setOpen({ kind: 'edit', promotion })}
            onRemove={({ code }) => setOpen({ kind: 'remove', code })}
          />
        ) : null}
        {open?.kind === 'edit' ? (
          <PromotionDialog promotion={open.promotion} onClose={() => setOpen(null)} onDone={done} />
        ) : null}
        {open?.kind === 'remove' ? (
          <RemoveDialog code={open.code} onClose={() => setOpen(null)} onDone={done} />
        ) : null}
      </Layouts.Content>
    </Main>
  );
}

/** The promotion codes' page, for roles that may change them. */
export default function PromotionsPage() {
  return (
    <Page.Protect permissions={[permissionOf('promotions.manage')]}>
      <Promotions />
    </Page.Protect>
  );
}
