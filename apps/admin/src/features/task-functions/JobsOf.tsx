'use client';
import { VisuallyHidden } from '@mantine/core';
import { useJobCount } from '@/api/queries/catalogue';
import { formatCount } from '@/components/format';
import { TextLink } from '@/components/TextLink';

/** How many jobs run a function, as a link to them. */
export function JobsOf({ functionId, name }: { functionId: number; name: string }) {
  const count = useJobCount(functionId);
  if (count.data === undefined) return <>{count.isError ? '?' : '…'}</>;
  if (count.data === 0) return <>0</>;
  return (
    <TextLink href={`/jobs?function=${String(functionId)}`}>
      <span className="tabular">{formatCount(count.data)}</span>
      <VisuallyHidden component="span">{count.data === 1 ? ` job runs ${name}` : ` jobs run ${name}`}</VisuallyHidden>
    </TextLink>
  );
}
