import { NewJobPage } from '@/features/job-editor/NewJobPage';

export default function Page() {
  return <NewJobPage />;
}
