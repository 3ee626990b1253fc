'use client';
/** Everything that the pages stand on. */
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { useEffect, useState } from 'react';
import { ApiError } from '@/api/client';
import { theme } from '@/theme/theme';

export function Providers({ nonce, children }: { nonce: string; children: React.ReactNode }) {
  const [client] = useState(createClient);
  useEffect(() => {
    // Where the scroll lock of dialogs looks for the nonce of its style element.
    Object.assign(window, { __webpack_nonce__: nonce });
  }, [nonce]);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <QueryClientProvider client={client}>
        <NuqsAdapter>
          <Notifications position="bottom-right" limit={4} zIndex={1000} />
          {children}
        </NuqsAdapter>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function createClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: toLogin }),
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: false, // the live provider refreshes when the tab is looked at again
        retry: (failures, error) => failures < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status === 502 || error.status === 503),
        retryDelay: (attempt) => Math.min(4_000, 500 * 2 ** attempt),
      },
    },
  });
}

/** A session that is over ends at the login, which leads back to the page. */
function toLogin(error: Error): void {
  if (!(error instanceof ApiError) || error.status !== 401 || window.location.pathname === '/login') return;
  const here = `${window.location.pathname}${window.location.search}`;
  window.location.assign(`/login${here === '/' ? '' : `?next=${encodeURIComponent(here)}`}`);
}
