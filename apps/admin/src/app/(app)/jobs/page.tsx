import { JobsPage } from '@/features/jobs/JobsPage';

export default function Page() {
  return <JobsPage />;
}
