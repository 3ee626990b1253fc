import { QueuesPage } from '@/features/queues/QueuesPage';

export default function Page() {
  return <QueuesPage />;
}
