import { TimelinePage } from '@/features/timeline/TimelinePage';

export default function Page() {
  return <TimelinePage />;
}
