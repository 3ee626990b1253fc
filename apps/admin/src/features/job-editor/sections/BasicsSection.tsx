'use client';
import { Switch, Textarea, TextInput } from '@mantine/core';
import { fieldId } from '../problems';
import { FormSection } from './FormSection';
import type { SectionProps } from './section-props';

export function BasicsSection({ draft, problems, change }: SectionProps) {
  return (
    <FormSection id="basics">
      <TextInput
        id={fieldId('name')}
        label="Name"
        required
        maxLength={200}
        placeholder="Nightly invoice export"
        value={draft.name}
        error={problems['name']}
        onChange={(event) => {
          change({ name: event.currentTarget.value });
        }}
      />
      <Textarea
        id={fieldId('description')}
        label="Description"
        description="What it is for, and who to ask."
        autosize
        minRows={2}
        maxRows={8}
        value={draft.description}
        error={problems['description']}
        onChange={(event) => {
          change({ description: event.currentTarget.value });
        }}
      />
      <Switch
        id={fieldId('isEnabled')}
        label="Enabled"
        description="A disabled job does not fire and cannot be run."
        checked={draft.isEnabled}
        onChange={(event) => {
          change({ isEnabled: event.currentTarget.checked });
        }}
      />
    </FormSection>
  );
}
