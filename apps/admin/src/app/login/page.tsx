import { cookies } from 'next/headers';
import { Suspense } from 'react';
import { LoginPage } from '@/features/login/LoginPage';
import { hasTokens } from '@/server/session-cookies';

export default async function Page() {
  return (
    <Suspense>
      <LoginPage mayBeLoggedIn={hasTokens(await cookies())} />
    </Suspense>
  );
}
