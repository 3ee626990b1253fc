'use client';
import { useSearchParams } from 'next/navigation';
import { useQueryStates, type UseQueryStatesKeysMap, type UseQueryStatesOptions, type UseQueryStatesReturn } from 'nuqs';
import { useEffect } from 'react';
import { unreadNames } from './unread-names';

type AddressState<Map extends UseQueryStatesKeysMap> = UseQueryStatesReturn<Map>[0];

export interface AddressOptions<Map extends UseQueryStatesKeysMap> extends Partial<UseQueryStatesOptions<Map>> {
  /** Members without a default that cannot hold together with the others: they are taken out as well. @default none */
  readonly contradictory?: (state: AddressState<Map>) => readonly (keyof Map & string)[];
}

/** State in the address, as nuqs has it; values that nothing can be made of do not stay there: the page would not show what it says. */
export function useAddressState<Map extends UseQueryStatesKeysMap>(parsers: Map, { contradictory, ...options }: AddressOptions<Map> = {}): UseQueryStatesReturn<Map> {
  const [state, setState] = useQueryStates(parsers, options as Partial<UseQueryStatesOptions<Map>>);
  const search = useSearchParams();
  const wrong = contradictory?.(state) ?? [];
  const unread = [...unreadNames(parsers, search), ...wrong].join(',');
  useEffect(() => {
    if (unread !== '') void setState(without(unread.split(',')) as Parameters<typeof setState>[0], { history: 'replace' });
  }, [unread, setState]);
  return [wrong.length === 0 ? state : { ...state, ...without(wrong) }, setState];
}

function without(names: readonly string[]): Record<string, null> {
  return Object.fromEntries(names.map((name) => [name, null]));
}
