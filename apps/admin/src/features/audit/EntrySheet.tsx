import type { AuditEntry } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { Instant } from '@/components/Instant';
import { JsonView } from '@/components/JsonView';
import { Properties } from '@/components/Properties';
import { SideSheet } from '@/components/SideSheet';
import { TextLink } from '@/components/TextLink';
import { ObjectLink } from './audit-columns';
import { actionWords } from './audit-words';
import classes from './audit.module.css';
import { changesOf, otherDetails, type Change } from './changes';

const COLUMNS: Column<Change>[] = [
  { key: 'name', header: 'Member', isTitle: true, cell: (row) => <span className="mono">{row.name}</span> },
  { key: 'before', header: 'Before', cell: (row) => <Side text={row.before} kind="before" /> },
  { key: 'after', header: 'After', cell: (row) => <Side text={row.after} kind="after" /> },
];

/** One entry whole: what was before and what is after. */
export function EntrySheet({ entry, onClose }: { entry: AuditEntry | null; onClose: () => void }) {
  return (
    <SideSheet opened={entry !== null} onClose={onClose} title={entry === null ? '' : actionWords(entry.action)}>
      {entry !== null && <Entry entry={entry} />}
    </SideSheet>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const changes = changesOf(entry.details);
  const rest = otherDetails(entry.details);
  return (
    <>
      <Properties
        rows={[
          ['When', <Instant key="at" at={entry.at} show="absolute" />],
          ['Who', entry.actor.name ?? entry.actor.type],
          ['From', entry.ipAddress ?? 'Not told'],
          ['To what', <ObjectLink key="object" object={entry.object} />],
          ...(entry.object.id === null ? [] : [['All about it', <TextLink key="all" href={`/audit?object_type=${entry.object.type}&object_id=${entry.object.id}`}>Its entries</TextLink>] as const]),
        ]}
      />
      {changes.length > 0 && (
        <>
          <h3 className={classes.heading}>Changes</h3>
          <DataTable label="Changes" columns={COLUMNS} rows={changes} rowId={(row) => row.name} />
        </>
      )}
      {rest !== null && (
        <>
          <h3 className={classes.heading}>Further details</h3>
          <JsonView value={rest} what="Details" />
        </>
      )}
      {changes.length === 0 && rest === null && <p className={classes.none}>The entry says no more than that.</p>}
    </>
  );
}

function Side({ text, kind }: { text: string | null; kind: 'before' | 'after' }) {
  if (text === null) return <>–</>;
  return (
    <span className={classes.side} data-kind={kind}>
      {text === '' ? '(empty)' : text}
    </span>
  );
}
