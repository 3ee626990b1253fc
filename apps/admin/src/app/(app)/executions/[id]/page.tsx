import { notFound } from 'next/navigation';
import { isId } from '@/components/ids';
import { ExecutionPage } from '@/features/execution/ExecutionPage';

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!isId(id)) notFound();
  return <ExecutionPage id={id} />;
}
