'use client';
import { Button, Group } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useAudit } from '@/api/queries/access';
import type { AuditEntry } from '@/api/types';
import { useAddressState } from '@/components/address-state';
import { DataTable } from '@/components/DataTable';
import { NothingMatches, NothingYet } from '@/components/EmptyState';
import { formatCount } from '@/components/format';
import { PageHeader } from '@/components/PageHeader';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { counted } from '@/components/words';
import { PermittedPage } from '@/session/PermittedPage';
import { auditColumns } from './audit-columns';
import { AuditFilters } from './AuditFilters';
import classes from './audit.module.css';
import { EntrySheet } from './EntrySheet';
import { toCsv } from './csv';
import { AUDIT_FILTERS, isFiltered } from './filters';
import { saveFile } from './save-file';

export function AuditPage() {
  return (
    <PermittedPage needs="Admin" title="Audit log">
      <AuditLog />
    </PermittedPage>
  );
}

function AuditLog() {
  const [filters, setFilters] = useAddressState(AUDIT_FILTERS);
  const audit = useAudit(filters);
  const view = JSON.stringify(filters);
  // Belongs to the list that it was opened from: a link in it leads to another one.
  const [opened, setOpened] = useState<{ entry: AuditEntry; view: string } | null>(null);
  const entries = useMemo(() => audit.data?.pages.flatMap((page) => page.entries), [audit.data]);
  const columns = useMemo(() => auditColumns((entry) => { setOpened({ entry, view }); }), [view]);
  const count = entries?.length ?? 0;
  return (
    <>
      <PageHeader
        title="Audit log"
        subtitle="Who changed what, and when."
        actions={
          <Button
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
            disabled={count === 0}
            onClick={() => { saveFile('takt-audit.csv', 'text/csv', toCsv(entries ?? [])); }}
          >
            {count === 0 ? 'Export as CSV' : `Export ${formatCount(count)} as CSV`}
          </Button>
        }
      />
      <AuditFilters filters={filters} onChange={(change) => void setFilters(change)} />
      <SectionCard flush>
        <QueryView query={audit} what="The audit log" loading={<DataTable label="Audit log" columns={columns} rows={undefined} rowId={() => ''} />}>
          {() => (
            <DataTable
              label="Audit log"
              columns={columns}
              rows={entries}
              rowId={(row) => String(row.id)}
              empty={isFiltered(filters) ? <NothingMatches what="entries" onClear={() => void setFilters(null)} /> : <NothingYet title="Nothing has been changed yet" />}
            />
          )}
        </QueryView>
        {count > 0 && (
          <Group justify="space-between" className={classes.foot}>
            <span>{`${counted(count, 'entry', 'entries')}, newest first`}</span>
            {audit.hasNextPage ? (
              <Button variant="default" loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
                Load older
              </Button>
            ) : (
              <span>That is all</span>
            )}
          </Group>
        )}
      </SectionCard>
      <EntrySheet entry={opened?.view === view ? opened.entry : null} onClose={() => { setOpened(null); }} />
    </>
  );
}
