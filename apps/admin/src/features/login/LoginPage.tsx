'use client';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { ApiError } from '@/api/client';
import { useEarlierSession, useLogIn } from '@/api/queries/session';
import { DocumentTitle } from '@/components/DocumentTitle';
import { textOf } from '@/components/form-text';
import { Logo } from '@/components/Logo';
import classes from './LoginPage.module.css';
import { nextPage } from './next-page';

/**
 * The form; or the page that it leads to, for those who are logged in. Nothing but the name while that is being found out.
 * @param mayBeLoggedIn the browser has tokens; they may be out of date, or the API away
 */
export function LoginPage({ mayBeLoggedIn }: { mayBeLoggedIn: boolean }) {
  const leadsTo = nextPage(useSearchParams().get('next'));
  const earlier = useEarlierSession({ isEnabled: mayBeLoggedIn });
  const isLoggedIn = earlier.isSuccess;
  useEffect(() => {
    if (isLoggedIn) window.location.replace(leadsTo);
  }, [isLoggedIn, leadsTo]);
  return (
    <main className={classes.page}>
      <DocumentTitle title="Log in" />
      <div className={classes.box}>
        <div className={classes.brand}>
          <Logo size={32} />
          <h1 className={classes.title}>Log in to Takt</h1>
        </div>
        {(!mayBeLoggedIn || earlier.isError) && <LoginForm leadsTo={leadsTo} />}
      </div>
    </main>
  );
}

function LoginForm({ leadsTo }: { leadsTo: string }) {
  const logIn = useLogIn();
  const [isLeaving, setIsLeaving] = useState(false);
  const submit = (event: React.SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const credentials = { username: textOf(form, 'username').trim(), password: textOf(form, 'password') };
    logIn.mutate(credentials, {
      onSuccess: () => {
        setIsLeaving(true);
        window.location.assign(leadsTo);
      },
    });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput label="User name" name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} required withAsterisk={false} autoFocus />
      <PasswordInput label="Password" name="password" autoComplete="current-password" required withAsterisk={false} visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }} />
      <div role="alert" className={classes.alert}>
        {logIn.isError && (
          <span className={classes.error}>
            <IconAlertCircle size={16} aria-hidden />
            {wordsFor(logIn.error)}
          </span>
        )}
      </div>
      <Button type="submit" size="sm" fullWidth loading={logIn.isPending || isLeaving}>
        Log in
      </Button>
    </form>
  );
}

function wordsFor(error: Error): string {
  if (!(error instanceof ApiError)) return 'The login did not work. Try again.';
  if (error.status === 401) return 'User name or password is wrong.';
  if (error.status === 429) return 'Too many attempts. Wait a moment, then try again.';
  return error.message;
}
