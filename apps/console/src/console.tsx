import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, useEffect } from 'react';
import { listenForSessionEnd } from './api/client.js';
import type { ConsoleRouter } from './router.js';
import { endSession, sessionQuery } from './session/session.js';
import { colorSchemes, DEFAULT_COLOR_SCHEME } from './theme/color-scheme.js';
import { theme, tokens } from './theme/theme.js';

interface ConsoleProps {
  nonce: string;
  queryClient: QueryClient;
  router: ConsoleRouter;
}

export function Console({ nonce, queryClient, router }: ConsoleProps) {
  // A session that ended while a page was open: sign in, and back to that page.
  useEffect(
    () =>
      listenForSessionEnd(() => {
        const { href, pathname } = router.state.location;
        // Where nobody was signed in before, the router leads to signing in.
        const hadBegun = Boolean(queryClient.getQueryData(sessionQuery.queryKey));
        if (pathname === '/sign-in' || !hadBegun) return;
        void endSession(queryClient, () => router.navigate({ to: '/sign-in', search: { next: href, ended: true } }));
      }),
    [queryClient, router],
  );
  return (
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={tokens}
        colorSchemeManager={colorSchemes}
        defaultColorScheme={DEFAULT_COLOR_SCHEME}
        getStyleNonce={() => nonce}
      >
        <Notifications position="top-center" />
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>
  );
}
