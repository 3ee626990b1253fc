import { RunGridPage } from '@/features/job/RunGridPage';

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <RunGridPage id={(await params).id} />;
}
