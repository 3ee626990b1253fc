'use client';
import { Button, Skeleton } from '@mantine/core';
import { useMemo } from 'react';
import type { Timeline } from '@/api/contract';
import { useTimeline } from '@/api/queries/platform';
import { useAddressState } from '@/components/address-state';
import { useNow } from '@/components/clock';
import { NothingYet } from '@/components/EmptyState';
import { formatInstant } from '@/components/format';
import { PageHeader } from '@/components/PageHeader';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { useShortcuts, type Shortcut } from '@/components/shortcuts';
import { CappedNote } from '@/components/timeline/CappedNote';
import { TimelineChart } from '@/components/timeline/TimelineChart';
import { counted } from '@/components/words';
import { useZone } from '@/components/zone';
import { Legend } from './Legend';
import classes from './timeline.module.css';
import { TimelineControls } from './TimelineControls';
import { TimelineTable } from './TimelineTable';
import { LIMITS, VIEW_STATE } from './view-state';
import { panned, windowOf, zoomed } from './window';

/** On the server nobody knows what now is: the window is asked for when the browser has the page. */
export function TimelinePage() {
  const now = useNow();
  return now === 0 ? <PageHeader title="Timeline" subtitle={'\u00a0'} /> : <TimelineAt now={now} />;
}

function TimelineAt({ now }: { now: number }) {
  const [state, setState] = useAddressState(VIEW_STATE, { history: 'push' });
  const { span, at, limit, view } = state;
  const zone = useZone();
  const shown = windowOf(span, at, now);
  const timeline = useTimeline({ from: shown.from, to: shown.to, limit });
  const nextLimit = LIMITS.find((more) => more > limit);
  const keys = useMemo<Shortcut[]>(() => {
    const [narrower, wider] = [zoomed(span, -1), zoomed(span, 1)];
    return [
      { keys: '+', run: () => { if (narrower !== null) void setState({ span: narrower }); } },
      { keys: '-', run: () => { if (wider !== null) void setState({ span: wider }); } },
      { keys: '0', run: () => void setState({ at: null }) },
    ];
  }, [span, setState]);
  useShortcuts(keys);
  return (
    <>
      <PageHeader title="Timeline" subtitle={<RangeText from={shown.from} to={shown.to} zone={zone} />} />
      <TimelineControls
        span={span}
        isFollowing={at === null}
        view={view}
        onSpan={(next) => void setState({ span: next })}
        onPan={(by) => void setState({ at: panned(span, at, now, by) })}
        onNow={() => void setState({ at: null })}
        onView={(next) => void setState({ view: next })}
      />
      <SectionCard flush>
        <QueryView query={timeline} what="The timeline" loading={<Skeleton height={400} m="md" width="auto" />}>
          {(data) => (
            <div className={classes.old} data-old={(timeline.isPlaceholderData && at !== null) || undefined}>
              {data.rows.length === 0 ? <NothingYet title="Nothing here">No job ran in this window, and none is due in it.</NothingYet> : <Rows timeline={data} view={view} />}
              <div className={classes.foot}>
                <Legend />
                {data.otherJobs > 0 && (
                  <span>
                    {counted(data.otherJobs, 'more job')} with fewer runs{' '}
                    {nextLimit !== undefined && (
                      <Button variant="subtle" size="compact-xs" onClick={() => void setState({ limit: nextLimit })}>
                        Show up to {nextLimit}
                      </Button>
                    )}
                  </span>
                )}
              </div>
            </div>
          )}
        </QueryView>
      </SectionCard>
    </>
  );
}

function Rows({ timeline, view }: { timeline: Timeline; view: 'chart' | 'table' }) {
  return (
    <>
      <CappedNote timeline={timeline} className={classes.note}>Zoom in to see all.</CappedNote>
      {view === 'chart' ? <TimelineChart timeline={timeline} label="Runs and coming fires by job" /> : <TimelineTable timeline={timeline} />}
    </>
  );
}

function RangeText({ from, to, zone }: { from: string; to: string; zone: string }) {
  return (
    <span className="tabular" suppressHydrationWarning>
      {`${formatInstant(from, zone, { withSeconds: false })} to ${formatInstant(to, zone, { withSeconds: false })} ${zone}`}
    </span>
  );
}
