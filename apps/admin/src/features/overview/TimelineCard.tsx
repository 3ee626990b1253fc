'use client';
import { Skeleton } from '@mantine/core';
import { useTimeline } from '@/api/queries/platform';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { TextLink } from '@/components/TextLink';
import { CappedNote } from '@/components/timeline/CappedNote';
import { TimelineChart } from '@/components/timeline/TimelineChart';
import { counted } from '@/components/words';
import classes from './overview.module.css';

/** The past hour and the hour to come, of the 15 busiest jobs. */
export function TimelineCard() {
  const timeline = useTimeline({});
  return (
    <SectionCard title="Past hour, next hour" flush actions={<TextLink href="/timeline">Open timeline</TextLink>}>
      <QueryView query={timeline} what="The timeline" loading={<Skeleton height={320} m="md" width="auto" />}>
        {(data) =>
          data.rows.length === 0 ? (
            <p className={classes.well}>Nothing ran in the past hour, and nothing is due in the next.</p>
          ) : (
            <>
              <TimelineChart timeline={data} label="Runs of the past hour and fires of the next hour" />
              <CappedNote timeline={data} className={classes.others}>
                <TextLink href="/timeline?span=1h">Look closer</TextLink>
              </CappedNote>
              {data.otherJobs > 0 && (
                <p className={classes.others}>
                  <TextLink href="/timeline?limit=50">{counted(data.otherJobs, 'more job')} with fewer runs</TextLink>
                </p>
              )}
            </>
          )
        }
      </QueryView>
    </SectionCard>
  );
}
