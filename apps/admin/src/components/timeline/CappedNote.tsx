import type { Timeline } from '@/api/contract';

/** Says when a chart has not all of its runs and fires; nothing when it has. */
export function CappedNote({ timeline, className, children }: { timeline: Pick<Timeline, 'isCapped'>; className: string | undefined; children: React.ReactNode }) {
  if (!timeline.isCapped) return null;
  return <p className={className}>Some jobs have more than 500 runs or fires in this window; the newest runs and the first fires are shown. {children}</p>;
}
