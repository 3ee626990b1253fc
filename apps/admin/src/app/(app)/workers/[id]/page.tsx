import { WorkerPage } from '@/features/workers/WorkerPage';

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <WorkerPage id={(await params).id} />;
}
