import { Button } from '@mantine/core';
import type { AuditEntry } from '@/api/types';
import type { Column } from '@/components/DataTable';
import { shortId } from '@/components/format';
import { Instant } from '@/components/Instant';
import { TextLink } from '@/components/TextLink';
import { TwoLines } from '@/components/TwoLines';
import { actionWords, objectHref } from './audit-words';
import classes from './audit.module.css';
import { summaryOf } from './changes';

export function auditColumns(onShow: (entry: AuditEntry) => void): Column<AuditEntry>[] {
  return [
    { key: 'action', header: 'What', isTitle: true, width: '210px', cell: (row) => <TwoLines below={<span className="mono">{row.action}</span>}>{actionWords(row.action)}</TwoLines> },
    { key: 'object', header: 'To what', width: '28%', cell: (row) => <ObjectLink object={row.object} /> },
    { key: 'change', header: 'Change', cell: (row) => <span className={classes.summary}>{summaryOf(row.details) || '–'}</span> },
    { key: 'actor', header: 'Who', cell: (row) => <Actor actor={row.actor} /> },
    { key: 'ip', header: 'From', cell: (row) => <span className="tabular">{row.ipAddress ?? '–'}</span> },
    { key: 'at', header: 'When', cell: (row) => <Instant at={row.at} /> },
    {
      key: 'details',
      header: 'Details',
      isHeaderHidden: true,
      align: 'right',
      cell: (row) => (
        <Button variant="default" size="compact-xs" h={24} aria-label={`Details of ${actionWords(row.action)}, entry ${String(row.id)}`} onClick={() => { onShow(row); }}>
          Details
        </Button>
      ),
    },
  ];
}

export function ObjectLink({ object }: { object: AuditEntry['object'] }) {
  const href = objectHref(object);
  const name = object.name ?? (object.id === null ? object.type : shortId(object.id));
  return <TwoLines name={name} below={object.type}>{href === null ? name : <TextLink href={href}>{name}</TextLink>}</TwoLines>;
}

function Actor({ actor }: { actor: AuditEntry['actor'] }) {
  if (actor.type === 'system') return <>Takt itself</>;
  const name = actor.name ?? (actor.id === null ? 'Unknown' : shortId(actor.id));
  return actor.type === 'user' ? <>{name}</> : <TwoLines below={actor.type}>{name}</TwoLines>;
}
