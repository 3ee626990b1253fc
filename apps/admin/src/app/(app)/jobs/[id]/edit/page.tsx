import { notFound } from 'next/navigation';
import { isId } from '@/components/ids';
import { EditJobPage } from '@/features/job-editor/EditJobPage';

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!isId(id)) notFound();
  return <EditJobPage id={id} />;
}
