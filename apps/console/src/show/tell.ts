import { notifications } from '@mantine/notifications';
import type { Problem } from '../api/problem.js';

const TOAST = { closeButtonProps: { 'aria-label': 'Close' }, withBorder: true } as const;

/** A toast, read out by screen readers, for something that worked. */
export function tell(message: string): void {
  notifications.show({ message, color: 'green', autoClose: 5_000, ...TOAST });
}

/** A toast that stays for as long as something lasts. @returns how to take it away. */
export function tellWhile(title: string, message: string): () => void {
  const id = notifications.show({ title, message, color: 'yellow', autoClose: false, role: 'status', ...TOAST });
  return () => notifications.hide(id);
}

/** A toast that stays until it is closed: what failed, why, and what to do. */
export function tellFailure(title: string, problem: Problem): void {
  notifications.show({
    title,
    message: [problem.message, problem.nextStep].filter(Boolean).join(' '),
    color: 'red',
    autoClose: false,
    ...TOAST,
  });
}

/** What was told to one person is nothing for the next. */
export function forgetTold(): void {
  notifications.clean();
}
