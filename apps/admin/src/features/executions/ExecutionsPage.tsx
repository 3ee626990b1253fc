'use client';
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconZoomReset } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import { useAddressState } from '@/components/address-state';
import { PageHeader } from '@/components/PageHeader';
import { SectionCard } from '@/components/SectionCard';
import { ExecutionList, useExecutionList } from './ExecutionList';
import classes from './ExecutionsPage.module.css';
import { contradictory, EXPLORER_STATE, refusesCursor, setFilters, toFilter, toggled, type ExplorerChange } from './explorer-state';
import { ExportMenu } from './ExportMenu';
import { FacetRail } from './FacetRail';
import { FilterChips } from './FilterChips';
import { HistogramCard } from './HistogramCard';
import { NoExecutions } from './NoExecutions';
import { isCustom } from './range';
import { RangePicker } from './RangePicker';
import { SearchField } from './SearchField';
import { useFacets } from './use-facets';
import { useRange } from './use-range';

/** Every execution of every job: when they ran, how they went, and which ones. All of its state is in the URL. */
export function ExecutionsPage() {
  const [state, setState] = useAddressState(EXPLORER_STATE, { history: 'push', contradictory });
  const [areFiltersOpen, setAreFiltersOpen] = useState(false);
  const change = useCallback((next: ExplorerChange) => void setState(next), [setState]);
  const range = useRange(state);
  const filter = toFilter(state, range);
  const list = useExecutionList(filter, state.cursor);
  const isNowhere = state.cursor !== null && refusesCursor(list.error);
  useEffect(() => {
    if (isNowhere) void setState({ cursor: null }, { history: 'replace' });
  }, [isNowhere, setState]);
  const facets = useFacets(state, range, list.dataUpdatedAt);
  const chosen = setFilters(state).length;
  const zoom = (next: { from: string; to: string }) => { change({ ...next, range: null, cursor: null }); };
  return (
    <>
      <PageHeader title="Executions" actions={<ExportMenu filter={filter} />} />
      <div className={classes.tools}>
        <SearchField value={state.q} onSearch={(q) => void setState({ q: q === '' ? null : q, cursor: null }, { history: 'replace' })} />
        <Button
          variant="default"
          className={classes.filters}
          aria-expanded={areFiltersOpen}
          aria-controls="execution-filters"
          leftSection={<IconAdjustmentsHorizontal size={14} aria-hidden />}
          onClick={() => { setAreFiltersOpen(!areFiltersOpen); }}
        >
          {`Filters${chosen === 0 ? '' : ` (${String(chosen)})`}`}
        </Button>
        <div className={classes.range}>
          {isCustom(state) && (
            <Tooltip label="Back to a range that ends now">
              <ActionIcon variant="default" size={30} aria-label="Back to a range that ends now" onClick={() => { change({ from: null, to: null, cursor: null }); }}>
                <IconZoomReset size={16} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
          <RangePicker choice={state} range={range} onChange={change} />
        </div>
      </div>
      <div className={classes.layout}>
        <div id="execution-filters" className={classes.rail} data-open={areFiltersOpen || undefined}>
          <SectionCard>
            <FacetRail state={state} facets={facets} onChange={change} />
          </SectionCard>
        </div>
        <div className={classes.main}>
          <HistogramCard facets={facets} chosen={state.status} onStatus={(status) => { change({ status: toggled(state.status, status), cursor: null }); }} onRange={zoom} />
          <FilterChips state={state} onChange={change} />
          <ExecutionList
            list={list}
            question={JSON.stringify(state)}
            cursor={state.cursor}
            onCursor={(cursor) => { change({ cursor }); }}
            empty={<NoExecutions state={state} range={range} onChange={change} />}
          />
        </div>
      </div>
    </>
  );
}
