'use client';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { copyText } from './clipboard';

/** @param what said in the label: `Copy <what>` */
export function CopyButton({ value, what = 'to clipboard' }: { value: string; what?: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => {
      setState('idle');
    }, 1_500);
    return () => {
      clearTimeout(timer);
    };
  }, [state]);
  const label = state === 'copied' ? 'Copied' : state === 'refused' ? 'The browser does not allow copying' : `Copy ${what}`;
  return (
    <Tooltip label={label}>
      <ActionIcon size={24} aria-label={`Copy ${what}`} onClick={() => void copyText(value).then((ok) => { setState(ok ? 'copied' : 'refused'); })}>
        {state === 'copied' ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  );
}
