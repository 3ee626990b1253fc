'use client';
import { useDebouncedValue } from '@mantine/hooks';
import { useJobs } from '@/api/queries/jobs';
import type { Job } from '@/api/types';

const FOUND_JOBS = 6;
const SHORTEST = 2;
const TYPING_MS = 200;

export interface JobSearch {
  readonly jobs: readonly Job[];
  /** `jobs` are what the words now typed find only when it is `found`: while it is `searching` they are of the words before. */
  readonly state: 'idle' | 'searching' | 'found' | 'failed';
}

/** Jobs by name or description, a moment after the last keystroke. @param typed of one letter asks nothing */
export function useJobSearch(typed: string): JobSearch {
  const [text] = useDebouncedValue(typed, TYPING_MS);
  const { data, isPlaceholderData, isError } = useJobs({ q: text, per_page: FOUND_JOBS }, { isEnabled: text.length >= SHORTEST });
  if (typed.length < SHORTEST) return { jobs: [], state: 'idle' };
  const isOfOtherWords = text !== typed || isPlaceholderData;
  if (!isOfOtherWords && isError && data === undefined) return { jobs: [], state: 'failed' };
  return { jobs: data?.jobs ?? [], state: isOfOtherWords || data === undefined ? 'searching' : 'found' };
}
