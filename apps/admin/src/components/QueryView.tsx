'use client';
import type { UseQueryResult } from '@tanstack/react-query';
import { ErrorState, StaleNotice } from './ErrorState';

export interface QueryViewProps<Data> {
  query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'dataUpdatedAt' | 'refetch'>;
  /** What is loaded, at the start of a sentence: `The workers`. */
  what: string;
  /** Skeletons in the shape of the content. */
  loading: React.ReactNode;
  children: (data: Data) => React.ReactNode;
}

/** Data with its three other states: not there yet, could not be loaded, could not be refreshed (it stays, with its age). */
export function QueryView<Data>({ query, what, loading, children }: QueryViewProps<Data>) {
  const retry = () => void query.refetch();
  if (query.data === undefined) return query.error === null ? <>{loading}</> : <ErrorState error={query.error} what={what} onRetry={retry} />;
  return (
    <>
      <StaleNotice error={query.error} updatedAt={query.dataUpdatedAt} onRetry={retry} />
      {children(query.data)}
    </>
  );
}
