'use client';
import type { Execution } from '@/api/types';
import type { Column } from '@/components/DataTable';
import { triggerWord } from '@/components/execution-words';
import { firstLine } from '@/components/format';
import { Instant } from '@/components/Instant';
import { RunDuration } from '@/components/RunDuration';
import { RunStatus } from '@/components/RunStatus';
import { reasonText } from '@/components/status';
import { TextLink } from '@/components/TextLink';

/** Executions of one job, whose name is above the table. */
export function executionColumns(timezone: string): Column<Execution>[] {
  return [
    { key: 'number', header: 'Execution', isTitle: true, width: '96px', cell: (row) => <TextLink strong href={`/executions/${row.id}`}>{`#${String(row.number)}`}</TextLink> },
    { key: 'status', header: 'Status', width: '120px', cell: (row) => <RunStatus plain run={row} timeZone={timezone} /> },
    { key: 'scheduled', header: 'Scheduled for', cell: (row) => <Instant at={row.scheduledFor} timeZone={timezone} /> },
    { key: 'duration', header: 'Duration', align: 'right', cell: (row) => <RunDuration run={row} /> },
    { key: 'attempt', header: 'Attempt', align: 'right', cell: (row) => `${String(row.attempt)}/${String(row.maxAttempts)}` },
    { key: 'trigger', header: 'Started by', cell: (row) => [triggerWord(row.triggeredBy), row.triggeredByName].filter((part) => part !== null).join(', ') },
    { key: 'outcome', header: 'Outcome', cell: (row) => outcome(row) },
  ];
}

function outcome({ errorMessage, reason }: Execution): string {
  const text = errorMessage === null ? (reason === null ? '–' : reasonText(reason)) : firstLine(errorMessage);
  return text.length > 90 ? `${text.slice(0, 90)} …` : text;
}
