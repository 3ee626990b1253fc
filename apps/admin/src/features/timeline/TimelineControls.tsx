import { ActionIcon, Button, Group, SegmentedControl, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import classes from './timeline.module.css';
import { SPAN_NAMES, SPAN_WORDS, zoomed, type Span } from './window';

export interface TimelineControlsProps {
  span: Span;
  isFollowing: boolean;
  view: 'chart' | 'table';
  onSpan: (span: Span) => void;
  onPan: (by: -1 | 1) => void;
  onNow: () => void;
  onView: (view: 'chart' | 'table') => void;
}

export function TimelineControls({ span, isFollowing, view, onSpan, onPan, onNow, onView }: TimelineControlsProps) {
  const [narrower, wider] = [zoomed(span, -1), zoomed(span, 1)];
  return (
    <Group gap="sm" mb="sm" role="toolbar" aria-label="What the timeline shows">
      <Group gap={4} wrap="nowrap">
        <IconButton label="Earlier" onClick={() => { onPan(-1); }} icon={<IconChevronLeft size={16} aria-hidden />} />
        <Button variant="default" disabled={isFollowing} onClick={onNow}>
          Now
        </Button>
        <IconButton label="Later" onClick={() => { onPan(1); }} icon={<IconChevronRight size={16} aria-hidden />} />
      </Group>
      <SegmentedControl
        size="xs"
        className={classes.spans}
        aria-label="Width of the window"
        data={SPAN_NAMES.map((value) => ({ value, label: SPAN_WORDS[value] }))}
        value={span}
        onChange={(value) => { onSpan(SPAN_NAMES.find((name) => name === value) ?? '2h'); }}
      />
      <Group gap={4} wrap="nowrap">
        <IconButton label="Zoom in" isOff={narrower === null} onClick={() => { if (narrower !== null) onSpan(narrower); }} icon={<IconZoomIn size={16} aria-hidden />} />
        <IconButton label="Zoom out" isOff={wider === null} onClick={() => { if (wider !== null) onSpan(wider); }} icon={<IconZoomOut size={16} aria-hidden />} />
      </Group>
      <SegmentedControl
        size="xs"
        ml="auto"
        aria-label="How it is shown"
        data={[{ value: 'chart', label: 'Chart' }, { value: 'table', label: 'Table' }]}
        value={view}
        onChange={(value) => { onView(value === 'table' ? 'table' : 'chart'); }}
      />
    </Group>
  );
}

function IconButton({ label, icon, onClick, isOff = false }: { label: string; icon: React.ReactNode; onClick: () => void; isOff?: boolean }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size={30} aria-label={label} disabled={isOff} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
