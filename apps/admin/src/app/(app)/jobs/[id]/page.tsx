import { notFound } from 'next/navigation';
import { isId } from '@/components/ids';
import { JobPage } from '@/features/job/JobPage';

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!isId(id)) notFound();
  return <JobPage id={id} />;
}
