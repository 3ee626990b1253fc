'use client';
import { Button, Group, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconChevronsLeft } from '@tabler/icons-react';
import { formatCount } from '@/components/format';
import { counted } from '@/components/words';

export interface CursorPagerProps {
  rows: number;
  /** Of everything that matches; null while unknown. */
  total: number | null;
  isFirst: boolean;
  hasOlder: boolean;
  onNewest: () => void;
  onNewer: () => void;
  onOlder: () => void;
}

/** Pages by place, not by number: rows that arrive meanwhile do not move what is on them. */
export function CursorPager({ rows, total, isFirst, hasOlder, onNewest, onNewer, onOlder }: CursorPagerProps) {
  return (
    <Group justify="space-between" gap="sm" px="md" py="xs" component="nav" aria-label="Pages of executions">
      <Text size="xs" c="dimmed" className="tabular">
        {total === null ? counted(rows, 'execution') : `${formatCount(rows)} of ${counted(total, 'execution')}`}
      </Text>
      <Group gap={6}>
        <Button variant="default" disabled={isFirst} onClick={onNewest} leftSection={<IconChevronsLeft size={14} aria-hidden />}>
          Newest
        </Button>
        <Button variant="default" disabled={isFirst} onClick={onNewer} leftSection={<IconChevronLeft size={14} aria-hidden />}>
          Newer
        </Button>
        <Button variant="default" disabled={!hasOlder} onClick={onOlder} rightSection={<IconChevronRight size={14} aria-hidden />}>
          Older
        </Button>
      </Group>
    </Group>
  );
}
