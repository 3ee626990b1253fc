'use client';
import { useChangeUser, useEndSessions } from '@/api/queries/access';
import type { User } from '@/api/types';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { Dialog } from '@/components/Dialog';
import { tellDone } from '@/components/feedback';
import { counted } from '@/components/words';
import { FormError } from './FormError';
import type { UserAction } from './user-columns';
import { CreateUserForm, EditUserForm, SetPasswordForm } from './UserForms';

/** The dialog of what an administrator wants to do; none when that is nothing. */
export function UserDialogs({ action, onClose }: { action: UserAction | null; onClose: () => void }) {
  if (action === null) return null;
  switch (action.kind) {
    case 'create':
      return (
        <Dialog opened onClose={onClose} title="New user">
          <CreateUserForm onDone={onClose} />
        </Dialog>
      );
    case 'edit':
      return (
        <Dialog opened onClose={onClose} title={`Change ${action.user.username}`}>
          <EditUserForm user={action.user} onDone={onClose} />
        </Dialog>
      );
    case 'password':
      return (
        <Dialog opened onClose={onClose} title={`New password for ${action.user.username}`}>
          <SetPasswordForm user={action.user} onDone={onClose} />
        </Dialog>
      );
    case 'sessions':
      return <EndSessions user={action.user} onClose={onClose} />;
    case 'active':
      return <ChangeActive user={action.user} onClose={onClose} />;
  }
}

function EndSessions({ user, onClose }: { user: User; onClose: () => void }) {
  const end = useEndSessions();
  const confirm = () => {
    end.mutate(user.id, {
      onSuccess: () => {
        tellDone(`${user.username} is logged out everywhere.`);
        onClose();
      },
    });
  };
  return (
    <ConfirmDialog opened onClose={onClose} onConfirm={confirm} title={`Log ${user.username} out everywhere?`} action={`End ${counted(user.activeSessions, 'login')}`} danger isPending={end.isPending}>
      <FormError text={end.error?.message ?? null} />
      All browsers and programs that logged in with the password must do so again. API keys go on.
    </ConfirmDialog>
  );
}

function ChangeActive({ user, onClose }: { user: User; onClose: () => void }) {
  const change = useChangeUser();
  const verb = user.isActive ? 'Deactivate' : 'Activate';
  const confirm = () => {
    change.mutate(
      { id: user.id, isActive: !user.isActive },
      {
        onSuccess: () => {
          tellDone(`${user.username} is ${user.isActive ? 'deactivated' : 'active again'}.`);
          onClose();
        },
      },
    );
  };
  return (
    <ConfirmDialog opened onClose={onClose} onConfirm={confirm} title={`${verb} ${user.username}?`} action={verb} danger={user.isActive} isPending={change.isPending}>
      <FormError text={change.error?.message ?? null} />
      {user.isActive ? 'The account can no longer be used: its logins end and its API keys stop. Jobs that it made go on.' : 'The account can log in again, and its API keys work again.'}
    </ConfirmDialog>
  );
}
