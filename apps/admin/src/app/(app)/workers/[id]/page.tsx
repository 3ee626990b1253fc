import { notFound } from 'next/navigation';
import { isId } from '@/components/ids';
import { WorkerPage } from '@/features/workers/WorkerPage';

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!isId(id)) notFound();
  return <WorkerPage id={id} />;
}
