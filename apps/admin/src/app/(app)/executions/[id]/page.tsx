import { ExecutionPage } from '@/features/execution/ExecutionPage';

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <ExecutionPage id={(await params).id} />;
}
