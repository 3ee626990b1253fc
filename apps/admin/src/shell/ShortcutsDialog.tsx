'use client';
import { Kbd, Modal, Table } from '@mantine/core';
import { Fragment } from 'react';
import { capsOf, KEY_TABLE, keyGroups, type KeyRow } from '@/components/key-table';
import { useSession } from '@/session/session';
import { ALL_PAGES } from './navigation';
import classes from './ShortcutsDialog.module.css';

const PAGE_ROWS: readonly KeyRow[] = ALL_PAGES.map(({ key, label, needs }) => ({ place: 'everywhere', keys: [`g ${key}`], does: `Go to ${label}`, needs }));

/** Every key that works for who is logged in, by where it works. */
export function ShortcutsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { can } = useSession();
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard shortcuts" size="sm" closeButtonProps={{ 'aria-label': 'Close' }}>
      {keyGroups([...KEY_TABLE, ...PAGE_ROWS], can).map(({ title, rows }) => (
        <Fragment key={title}>
          <h3 className={classes.place}>{title}</h3>
          <Table aria-label={title} verticalSpacing={5} horizontalSpacing="xs" withRowBorders={false}>
            <Table.Tbody>
              {rows.map(({ keys, does }) => (
                <Table.Tr key={does}>
                  <Table.Td>{does}</Table.Td>
                  <Table.Td ta="right">
                    {keys.map((strokes, at) => (
                      <Fragment key={strokes}>
                        {at > 0 && ' or'}
                        <Strokes keys={strokes} />
                      </Fragment>
                    ))}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Fragment>
      ))}
    </Modal>
  );
}

function Strokes({ keys }: { keys: string }) {
  return capsOf(keys).map((cap) => (
    <Fragment key={cap}>
      {' '}
      <Kbd size="xs">{cap}</Kbd>
    </Fragment>
  ));
}
