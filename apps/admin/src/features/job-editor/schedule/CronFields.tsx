'use client';
import { ActionIcon, Button, Collapse, TextInput, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconHelp } from '@tabler/icons-react';
import { fieldId } from '../problems';
import classes from './ScheduleFields.module.css';

const PRESETS: readonly (readonly [label: string, expression: string])[] = [
  ['Every 5 minutes', '*/5 * * * *'],
  ['Every hour', '0 * * * *'],
  ['Weekdays at 9', '0 9 * * 1-5'],
  ['Mondays at 6', '0 6 * * 1'],
  ['1st of the month', '0 0 1 * *'],
  ['Last day of the month', '0 0 L * *'],
  ['First Monday', '0 9 * * 1#1'],
];

const CHEATSHEET: readonly (readonly [sign: string, means: string])[] = [
  ['*', 'any value'],
  ['5', 'that value'],
  ['1,15', 'these values'],
  ['9-17', 'from – to'],
  ['*/10', 'every tenth, from the start of the field'],
  ['9-17/2', 'every second one of the range'],
  ['MON, JAN', 'names of weekdays and months; Sunday is 0 or 7'],
  ['L', 'day of the month: the last one; 5L as weekday: the last Friday'],
  ['15W', 'day of the month: the weekday nearest to the 15th'],
  ['1#2', 'weekday: the second Monday'],
  ['@daily', 'also @hourly, @weekly, @monthly, @yearly'],
];

const FIVE = ['Minute', 'Hour', 'Day', 'Month', 'Weekday'];
const NAMES: Readonly<Record<number, readonly string[]>> = { 5: FIVE, 6: ['Second', ...FIVE], 7: ['Second', ...FIVE, 'Year'] };

export interface CronFieldsProps {
  expression: string;
  onChange: (expression: string) => void;
  error: string | undefined;
}

/** The expression, its fields with their names, presets, and what the signs mean. */
export function CronFields({ expression, onChange, error }: CronFieldsProps) {
  const [hasSheet, sheet] = useDisclosure(false);
  const parts = expression.trim().split(/\s+/);
  const names = NAMES[parts.length];
  const wrong = /^(\w+) field/i.exec(error ?? '')?.[1]?.toLowerCase();
  const bothDays = parts.length >= 5 && isRestricted(parts.at(parts.length === 5 ? 2 : 3)) && isRestricted(parts.at(parts.length === 5 ? 4 : 5));
  return (
    <>
      <TextInput
        id={fieldId('scheduleConfig.expression')}
        className={classes.cron}
        label="Cron expression"
        description="Minute, hour, day of the month, month, day of the week; six fields begin with seconds, seven end with the year."
        required
        spellCheck={false}
        autoComplete="off"
        value={expression}
        error={error}
        rightSection={
          <Tooltip label="What the signs mean">
            <ActionIcon size={24} aria-label="What the signs mean" aria-expanded={hasSheet} onClick={sheet.toggle}>
              <IconHelp size={15} aria-hidden />
            </ActionIcon>
          </Tooltip>
        }
        onChange={(event) => {
          onChange(event.currentTarget.value);
        }}
      />
      {names !== undefined && (
        <dl className={classes.parts} aria-label="Fields of the expression">
          {names.map((name, at) => (
            <div key={name} className={classes.part} data-wrong={wrong !== undefined && isNamed(wrong, name) ? true : undefined}>
              <dt>{name}</dt>
              <dd>{parts[at]}</dd>
            </div>
          ))}
        </dl>
      )}
      {bothDays && <p className={classes.note}>A day of the month and a day of the week: it fires on days that match either.</p>}
      <div className={classes.presets} role="group" aria-label="Presets">
        {PRESETS.map(([label, preset]) => (
          <Button
            key={preset}
            size="compact-sm"
            variant="default"
            onClick={() => {
              onChange(preset);
            }}
          >
            {label}
          </Button>
        ))}
      </div>
      <Collapse expanded={hasSheet}>
        <table className={classes.sheet} aria-label="Signs of cron expressions">
          <tbody>
            {CHEATSHEET.map(([sign, means]) => (
              <tr key={sign}>
                <th scope="row">{sign}</th>
                <td>{means}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Collapse>
    </>
  );
}

function isRestricted(field: string | undefined): boolean {
  return field !== undefined && field !== '' && !field.startsWith('*') && field !== '?';
}

/** The API calls the weekday `day_of_week`. */
function isNamed(wrong: string, name: string): boolean {
  return wrong === name.toLowerCase() || (wrong === 'day_of_week' && name === 'Weekday');
}
