'use client';
import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { ErrorState } from '@/components/ErrorState';
import { PageHeader } from '@/components/PageHeader';

/**
 * Stands in for a page that broke while it was drawn, inside the frame. Its other try is `reset`, which draws, and not Next's
 * `retry`: that asks the server for the layout as well, whose nonce is not this document's.
 */
export default function PageError({ error, reset }: { error: unknown; reset: () => void }) {
  const client = useQueryClient();
  const tryAgain = () => {
    // What the page was drawn from may be what broke it. Nothing of the page is mounted now; the frame's own data stays.
    client.removeQueries({ type: 'inactive' });
    reset();
  };
  return (
    <>
      <PageHeader
        title="Something went wrong"
        actions={
          // Not the router's link: the scripts that broke are loaded anew.
          <Button component="a" href="/" variant="default">
            To the overview
          </Button>
        }
      />
      <ErrorState error={error} what="This page" onRetry={tryAgain} />
    </>
  );
}
