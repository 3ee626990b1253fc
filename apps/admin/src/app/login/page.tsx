import { Suspense } from 'react';
import { LoginPage } from '@/features/login/LoginPage';

export default function Page() {
  return (
    <Suspense>
      <LoginPage />
    </Suspense>
  );
}
