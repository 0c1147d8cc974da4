import { Box, Button, Flex, Modal, Typography } from '@strapi/design-system';
import { type FormEvent, type ReactNode, useId, useState } from 'react';

import type { Problem } from './request-problem.ts';

interface Props {
  title: string;
  confirm: string;
  danger?: boolean;
  ready?: boolean;
  children: ReactNode;
  /** Does it; null when done. A problem is shown, the dialog stays as it is. */
  onConfirm(): Promise<Problem | null>;
  onClose(): void;
  /** Names of the fields that show their own message of a problem. */
  fields?: readonly string[];
  onProblem?(problem: Problem | null): void;
}

/** Whether some message of the problem belongs to no field of the dialog. */
function elsewhere({ fields }: Problem, own: readonly string[]): boolean {
  const named = Object.keys(fields);
  return named.length === 0 || named.some((field) => !own.includes(field));
}

type Submission = Pick<Props, 'ready' | 'onConfirm' | 'onProblem'>;

/** Sends once at a time, and keeps the problem of the last try. */
function useSubmit({ ready = true, onConfirm, onProblem }: Submission) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const show = (next: Problem | null): void => {
    setProblem(next);
    onProblem?.(next);
  };

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy || !ready) return;
    setBusy(true);
    show(null);
    show(await onConfirm().finally(() => setBusy(false)));
  };
  return { busy, problem, submit };
}

function ProblemMessage({ problem }: { problem: Problem }) {
  return (
    <Box role="alert" background="danger100" hasRadius padding={3}>
      <Typography textColor="danger700">{problem.message}</Typography>
    </Box>
  );
}

/**
 * A dialog that asks, sends, and keeps everything that was typed when the answer is no.
 * The return key confirms.
 */
export function ActionDialog(props: Props) {
  const { title, confirm, danger = false, ready = true, children, onClose, fields = [] } = props;
  const { busy, problem, submit } = useSubmit(props);
  const form = useId();
  return (
    <Modal.Root open onOpenChange={(open: boolean) => !open && onClose()}>
      <Modal.Content>
        <Modal.Header closeLabel="Fermer">
          <Modal.Title>{title}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <form id={form} noValidate onSubmit={(event) => void submit(event)}>
            <Flex direction="column" alignItems="stretch" gap={4}>
              {children}
              {problem && elsewhere(problem, fields) ? <ProblemMessage problem={problem} /> : null}
            </Flex>
          </form>
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>
            Fermer
          </Button>
          <Button
            type="submit"
            form={form}
            variant={danger ? 'danger' : 'default'}
            loading={busy}
            disabled={!ready}
          >
            {confirm}
          </Button>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}
