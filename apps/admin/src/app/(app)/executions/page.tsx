import { ExecutionsPage } from '@/features/executions/ExecutionsPage';

export default function Page() {
  return <ExecutionsPage />;
}
