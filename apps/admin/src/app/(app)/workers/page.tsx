import { WorkersPage } from '@/features/workers/WorkersPage';

export default function Page() {
  return <WorkersPage />;
}
