import { EditJobPage } from '@/features/job-editor/EditJobPage';

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <EditJobPage id={(await params).id} />;
}
