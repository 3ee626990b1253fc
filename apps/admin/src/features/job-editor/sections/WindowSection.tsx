'use client';
import { TextInput } from '@mantine/core';
import { fieldId } from '../problems';
import { FieldRow, FormSection } from './FormSection';
import type { SectionProps } from './section-props';

export function WindowSection({ draft, problems, change }: SectionProps) {
  const zone = `On the clocks of ${draft.schedule.timezone}.`;
  return (
    <FormSection id="window">
      <FieldRow>
        <TextInput
          id={fieldId('startAt')}
          type="datetime-local"
          step={1}
          label="Not before"
          description={`Nothing fires earlier. ${zone}`}
          value={draft.startWall}
          error={problems['startAt']}
          onChange={(event) => {
            change({ startWall: event.currentTarget.value });
          }}
        />
        <TextInput
          id={fieldId('endAt')}
          type="datetime-local"
          step={1}
          label="Not after"
          description={`Nothing fires later. ${zone}`}
          value={draft.endWall}
          error={problems['endAt']}
          onChange={(event) => {
            change({ endWall: event.currentTarget.value });
          }}
        />
      </FieldRow>
    </FormSection>
  );
}
