'use client';
import { useSearchParams } from 'next/navigation';
import { useQueryStates, type UseQueryStatesKeysMap, type UseQueryStatesOptions, type UseQueryStatesReturn } from 'nuqs';
import { useEffect } from 'react';
import { unreadNames } from './unread-names';

/** State in the address, as nuqs has it; values that nothing can be made of do not stay there: the page would not show what it says. */
export function useAddressState<Map extends UseQueryStatesKeysMap>(parsers: Map, options: Partial<UseQueryStatesOptions<Map>> = {}): UseQueryStatesReturn<Map> {
  const [state, setState] = useQueryStates(parsers, options);
  const search = useSearchParams();
  const unread = unreadNames(parsers, search).join(',');
  useEffect(() => {
    if (unread === '') return;
    const corrected = Object.fromEntries(unread.split(',').map((name) => [name, null]));
    void setState(corrected as Parameters<typeof setState>[0], { history: 'replace' });
  }, [unread, setState]);
  return [state, setState];
}
