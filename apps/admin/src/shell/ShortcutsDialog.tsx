'use client';
import { Kbd, Modal, Table } from '@mantine/core';
import { ALL_PAGES } from './navigation';

const ROWS: readonly (readonly [keys: string, does: string])[] = [
  ['mod K', 'Search and commands'],
  ['/', 'Search on this page'],
  ...ALL_PAGES.map(({ key, label }) => [`g ${key ?? ''}`, `Go to ${label}`] as const),
  ['n', 'New job'],
  ['.', 'Refresh now'],
  ['l', 'Live on or off'],
  ['[', 'Fold the navigation'],
  ['j / k', 'Next or previous row'],
  ['x', 'Select the row'],
  ['Enter', 'Open the row'],
  ['r', 'Run the job'],
  ['e', 'Edit the job'],
  ['J / K', 'Run after or before, of an execution'],
  ['f', 'Follow the log'],
  ['w', 'Wrap the lines of the log'],
  ['Esc', 'Close'],
  ['?', 'This list'],
];

export function ShortcutsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard shortcuts" size="sm" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Table verticalSpacing={5} horizontalSpacing="xs" withRowBorders={false}>
        <Table.Tbody>
          {ROWS.map(([keys, does]) => (
            <Table.Tr key={keys}>
              <Table.Td>{does}</Table.Td>
              <Table.Td ta="right">
                {keys.split(' ').map((key, at) => (
                  <Kbd key={at} size="xs" ml={4}>
                    {key === 'mod' ? 'Ctrl/⌘' : key}
                  </Kbd>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
