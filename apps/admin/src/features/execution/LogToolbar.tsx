'use client';
import { ActionIcon, Menu, Select, TextInput, Tooltip } from '@mantine/core';
import { IconArrowBarToDown, IconChevronDown, IconChevronUp, IconClock, IconDownload, IconSearch, IconTextWrap } from '@tabler/icons-react';
import { apiUrl } from '@/api/client';
import { formatCount } from '@/components/format';
import type { Timestamps } from './LogLineRow';
import classes from './LogToolbar.module.css';
import type { Find } from './use-find';
import type { LogSettings } from './use-log-settings';

const TIMESTAMPS: readonly (readonly [Timestamps, (zone: string) => string])[] = [['off', () => 'No times'], ['relative', () => 'Since the first line'], ['absolute', (zone) => `Time of day, ${zone}`]];

export interface LogToolbarProps {
  executionId: string;
  attempt: number | null;
  attempts: number;
  onAttempt: (attempt: number | null) => void;
  settings: LogSettings;
  /** Of the times of day. */
  zone: string;
  find: Find;
  /** Index of a line; null does nothing. */
  onGoTo: (line: number | null) => void;
  isLive: boolean;
  isFollowing: boolean;
  onFollow: () => void;
}

export function LogToolbar({ executionId, attempt, attempts, onAttempt, settings, zone, find, onGoTo, isLive, isFollowing, onFollow }: LogToolbarProps) {
  return (
    <div className={classes.tools}>
      <FindField find={find} onGoTo={onGoTo} />
      {attempts > 1 && (
        <Select
          size="xs"
          w={126}
          aria-label="Attempt"
          allowDeselect={false}
          data={[{ value: '', label: 'All attempts' }, ...Array.from({ length: attempts }, (_, at) => ({ value: String(at + 1), label: `Attempt ${String(at + 1)}` }))]}
          value={attempt === null ? '' : String(attempt)}
          onChange={(value) => { onAttempt(value === null || value === '' ? null : Number(value)); }}
        />
      )}
      <div className={classes.icons}>
        <Menu position="bottom-end" width={240}>
          <Menu.Target>
            <ActionIcon aria-label="Times of the lines">
              <IconClock size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.RadioGroup value={settings.timestamps}>
              {TIMESTAMPS.map(([value, label]) => (
                <Menu.RadioItem key={value} value={value} closeMenuOnClick onClick={() => { settings.setTimestamps(value); }}>
                  {label(zone)}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Dropdown>
        </Menu>
        <Toggle label="Wrap lines (w)" isOn={settings.isWrapped} onClick={() => { settings.setWrapped(!settings.isWrapped); }}>
          <IconTextWrap size={16} aria-hidden />
        </Toggle>
        {isLive && (
          <Toggle label="Follow (f)" isOn={isFollowing} onClick={onFollow}>
            <IconArrowBarToDown size={16} aria-hidden />
          </Toggle>
        )}
        <Tooltip label="Download">
          <ActionIcon component="a" href={apiUrl(`executions/${executionId}/logs/download`, { attempt })} download aria-label="Download the log">
            <IconDownload size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
    </div>
  );
}

function FindField({ find, onGoTo }: { find: Find; onGoTo: (line: number | null) => void }) {
  const isSearching = find.needle !== '';
  return (
    <div className={classes.find}>
      <TextInput
        data-search
        size="xs"
        aria-label="Find in the log"
        placeholder="Find"
        leftSection={<IconSearch size={14} aria-hidden />}
        value={find.text}
        onChange={(event) => { find.setText(event.currentTarget.value); }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            onGoTo(find.step(event.shiftKey ? -1 : 1));
          }
          if (event.key === 'Escape') {
            find.setText('');
            event.currentTarget.blur();
          }
        }}
      />
      <span role="status" className={classes.count}>
        {isSearching && countText(find)}
      </span>
      {isSearching && (
        <>
          <ActionIcon size={24} aria-label="Previous match" disabled={find.matches.length === 0} onClick={() => { onGoTo(find.step(-1)); }}>
            <IconChevronUp size={14} aria-hidden />
          </ActionIcon>
          <ActionIcon size={24} aria-label="Next match" disabled={find.matches.length === 0} onClick={() => { onGoTo(find.step(1)); }}>
            <IconChevronDown size={14} aria-hidden />
          </ActionIcon>
        </>
      )}
    </div>
  );
}

/** `none`, `17 lines` before the first step, then `3 of 17`. */
function countText({ matches, at }: Find): string {
  if (matches.length === 0) return 'none';
  return at === -1 ? `${formatCount(matches.length)} ${matches.length === 1 ? 'line' : 'lines'}` : `${formatCount(at + 1)} of ${formatCount(matches.length)}`;
}

function Toggle({ label, isOn, onClick, children }: { label: string; isOn: boolean; onClick: () => void; children: React.ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} aria-pressed={isOn} className={classes.toggle} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
