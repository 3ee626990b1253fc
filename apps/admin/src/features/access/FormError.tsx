import { Alert } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';

/** Why a form was refused, when it is no single field's fault. */
export function FormError({ text }: { text: string | null }) {
  if (text === null) return null;
  return (
    <Alert role="alert" variant="outline" color="red" icon={<IconAlertCircle size={16} aria-hidden />} styles={{ message: { color: 'var(--text)' } }}>
      {text}
    </Alert>
  );
}
