import { SchedulerPage } from '@/features/scheduler/SchedulerPage';

export default function Page() {
  return <SchedulerPage />;
}
