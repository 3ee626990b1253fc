import { notFound } from 'next/navigation';
import { isId } from '@/components/ids';
import { RunGridPage } from '@/features/job/RunGridPage';

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!isId(id)) notFound();
  return <RunGridPage id={id} />;
}
