import { Box, Button, Typography } from '@strapi/design-system';
import { ExternalLink } from '@strapi/icons';
import { useFetchClient, useForm, useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';

/** What the edit view hands a side panel. */
interface PanelProps {
  model: string;
  documentId?: string;
  document?: { locale?: string | null };
}

/**
 * Asks for a signed link and opens it in a new tab; the tab is opened first, or browsers would call
 * it a pop-up.
 */
function usePreview(
  documentId: string | undefined,
  locale: string,
): { busy: boolean; open: () => Promise<void> } {
  const { post } = useFetchClient();
  const { toggleNotification } = useNotification();
  const [busy, setBusy] = useState(false);
  const open = async (): Promise<void> => {
    const tab = window.open('', '_blank');
    setBusy(true);
    try {
      const { data } = await post<{ data: { url: string } }>('/catalogue/preview-link', {
        documentId,
        locale,
      });
      if (tab) {
        tab.opener = null;
        tab.location.href = data.data.url;
      } else window.location.assign(data.data.url);
    } catch {
      tab?.close();
      toggleNotification({
        type: 'danger',
        message: 'L’aperçu n’a pas pu s’ouvrir. Enregistrez la fiche, puis réessayez.',
      });
    } finally {
      setBusy(false);
    }
  };
  return { busy, open };
}

function PreviewButton({ documentId, locale }: { documentId: string; locale: string }) {
  const modified = useForm('PreviewButton', (state) => state.modified);
  const { busy, open } = usePreview(documentId, locale);
  return (
    <Box width="100%">
      <Button
        variant="secondary"
        fullWidth
        startIcon={<ExternalLink />}
        loading={busy}
        disabled={modified}
        onClick={() => void open()}
      >
        Ouvrir l’aperçu
      </Button>
      <Box paddingTop={2}>
        <Typography variant="pi" textColor="neutral600">
          {modified
            ? 'Enregistrez d’abord : l’aperçu montre le brouillon enregistré.'
            : 'Ouvre le brouillon sur la vraie page. Le lien est privé et vaut une heure.'}
        </Typography>
      </Box>
    </Box>
  );
}

/**
 * Side panel of the product edit view: the draft on the real storefront. Nothing before the first
 * save.
 */
export function PreviewPanel({ model, documentId, document }: PanelProps) {
  if (model !== 'api::product.product' || !documentId || !document) return null;
  return {
    title: 'Aperçu',
    content: <PreviewButton documentId={documentId} locale={document.locale ?? 'fr'} />,
  };
}
