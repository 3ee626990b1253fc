'use client';
import { Group, Pagination, Select, Text } from '@mantine/core';
import { rowsText } from './words';

export interface PagerProps {
  page: number;
  perPage: number;
  total: number;
  onPage: (page: number) => void;
  onPerPage?: (perPage: number) => void;
  /** One of them, e.g. `job`; an s is added. */
  what: string;
}

/** `21–40 of 1 284 jobs`, the pages, and how many on one. */
export function Pager({ page, perPage, total, onPage, onPerPage, what }: PagerProps) {
  const pages = Math.max(1, Math.ceil(total / perPage));
  const first = total === 0 ? 0 : (page - 1) * perPage + 1;
  return (
    <Group justify="space-between" gap="sm" px="md" py="xs" component="nav" aria-label={`Pages of ${what}s`}>
      <Text size="xs" c="dimmed" className="tabular">
        {rowsText({ first, last: Math.min(page * perPage, total), total }, what)}
      </Text>
      <Group gap="sm">
        {onPerPage !== undefined && (
          <Select
            size="xs"
            w={104}
            aria-label="Rows on a page"
            data={['20', '50', '100'].map((value) => ({ value, label: `${value} rows` }))}
            value={String(perPage)}
            allowDeselect={false}
            onChange={(value) => {
              if (value !== null) onPerPage(Number(value));
            }}
          />
        )}
        {pages > 1 && (
          <Pagination
            size="sm"
            total={pages}
            value={page}
            onChange={onPage}
            siblings={1}
            getControlProps={(control) => ({ 'aria-label': `${control} page` })}
            getItemProps={(number) => ({ 'aria-label': `Page ${String(number)}` })}
          />
        )}
      </Group>
    </Group>
  );
}
