import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { Problem } from '../api/problem.js';
import { Page } from '../show/page.js';
import { Failed } from '../show/states.js';

/** The last stop of whatever a page did not catch itself; the rest of the console goes on. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const problem =
    error instanceof Problem ? error : new Problem(500, { detail: 'This page could not be shown.', retryable: true });
  const retry = (): void => {
    reset();
    void router.invalidate();
  };
  return (
    <Page title="This did not work">
      <Failed title="This page could not be shown" problem={problem} onRetry={retry} />
    </Page>
  );
}
