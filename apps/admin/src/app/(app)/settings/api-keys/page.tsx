import { ApiKeysPage } from '@/features/access/ApiKeysPage';

export default function Page() {
  return <ApiKeysPage />;
}
