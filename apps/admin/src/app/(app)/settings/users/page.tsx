import { UsersPage } from '@/features/access/UsersPage';

export default function Page() {
  return <UsersPage />;
}
