import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Problem } from '../api/problem.js';
import { Refused } from './refused.js';

interface ConfirmProps {
  opened: boolean;
  title: string;
  /** What the button does, as a verb. */
  action: string;
  /** It takes something away. */
  isGrave?: boolean;
  isPending: boolean;
  /** Why the last try failed. */
  problem?: Problem;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** Asks before something is done, and stays open with the reason when it could not be. */
export function Confirm(props: ConfirmProps) {
  const { opened, title, action, isGrave = false, isPending, problem, onConfirm, onClose, children } = props;
  return (
    <Modal opened={opened} onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onConfirm();
        }}
      >
        <Stack gap="md">
          {children}
          {problem !== undefined && <Refused problem={problem} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" color={isGrave ? 'red' : undefined} loading={isPending}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
