'use client';
import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { apiUrl } from '@/api/client';
import type { ExecutionFilter } from '@/api/contract';

/** Everything that matches the filters, as a file. */
export function ExportMenu({ filter }: { filter: ExecutionFilter }) {
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={14} aria-hidden />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>What these filters match, at most 100 000</Menu.Label>
        <Menu.Item component="a" href={apiUrl('executions/export', { ...filter, format: 'csv' })} download>
          CSV
        </Menu.Item>
        <Menu.Item component="a" href={apiUrl('executions/export', { ...filter, format: 'ndjson' })} download>
          NDJSON, one JSON object a line
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
