'use client';
import { NumberInput, Select } from '@mantine/core';
import { formatDuration } from '@/components/format';
import { BACKOFF_CHOICES, CATCH_UP_CHOICES, OVERLAP_CHOICES, WORKER_LOST_CHOICES, type Choice } from '@/components/policies';
import type { JobDraft, JobNumbers } from '../draft';
import { fieldId, NUMBER_FIELDS } from '../problems';
import { FieldRow, FormSection } from './FormSection';
import type { SectionProps } from './section-props';

export function ReliabilitySection(props: SectionProps) {
  const { draft } = props;
  return (
    <FormSection id="reliability">
      <FieldRow>
        <NumberOf {...props} name="timeoutSeconds" unit="s" hint="Limit of one attempt." />
        <NumberOf {...props} name="maxInstances" hint="Runs that may go on side by side." />
        <ChoiceOf {...props} path="overlapPolicy" label="On overlap" choices={OVERLAP_CHOICES} value={draft.overlapPolicy} onPick={(overlapPolicy) => ({ overlapPolicy })} />
      </FieldRow>
      <FieldRow>
        <NumberOf {...props} name="retryCount" hint="Attempts after the first one." />
        <NumberOf {...props} name="retryDelaySeconds" unit="s" hint="Before the first retry." />
        <ChoiceOf {...props} path="retryBackoff" label="Backoff" choices={BACKOFF_CHOICES} value={draft.retryBackoff} onPick={(retryBackoff) => ({ retryBackoff })} />
      </FieldRow>
      <FieldRow>
        <NumberOf {...props} name="retryMaxDelaySeconds" unit="s" hint="However often it is tried." />
        <NumberOf {...props} name="retryJitter" step={0.1} hint="Random share of the wait, 0 to 1." />
        <NumberOf {...props} name="priority" hint="Among waiting runs, 0 first." />
      </FieldRow>
      <FieldRow>
        <ChoiceOf {...props} path="catchUp.mode" label="Catch-up" choices={CATCH_UP_CHOICES} value={draft.catchUpMode} onPick={(catchUpMode) => ({ catchUpMode })} />
        <NumberOf {...props} name="catchUpWindowSeconds" unit="s" hint="How far back missed runs are made up." />
        <ChoiceOf {...props} path="onWorkerLost" label="When a worker is lost" choices={WORKER_LOST_CHOICES} value={draft.onWorkerLost} onPick={(onWorkerLost) => ({ onWorkerLost })} />
      </FieldRow>
    </FormSection>
  );
}

function NumberOf({ draft, problems, change, name, unit, step, hint }: SectionProps & { name: keyof JobNumbers; unit?: 's'; step?: number; hint: string }) {
  const { label, min, max, path, isWhole } = NUMBER_FIELDS[name];
  const value = draft[name];
  const spoken = unit === 's' && value !== null && value >= 60 ? ` ${formatDuration(value)}.` : '';
  return (
    <NumberInput
      id={fieldId(path)}
      label={label}
      description={`${hint}${spoken}`}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      min={min}
      max={max}
      clampBehavior="none"
      allowDecimal={!isWhole}
      step={step ?? 1}
      suffix={unit === 's' ? ' s' : ''}
      value={value ?? ''}
      error={problems[path]}
      onChange={(next) => {
        change({ [name]: typeof next === 'number' ? next : null });
      }}
    />
  );
}

interface ChoiceOfProps extends SectionProps {
  path: string;
  label: string;
  choices: readonly Choice[];
  value: string;
  onPick: (value: string) => Partial<JobDraft>;
}

function ChoiceOf({ problems, change, path, label, choices, value, onPick }: ChoiceOfProps) {
  return (
    <Select
      id={fieldId(path)}
      label={label}
      description={choices.find((known) => known.value === value)?.means}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      allowDeselect={false}
      data={choices.map((known) => ({ value: known.value, label: known.label }))}
      value={value}
      error={problems[path]}
      onChange={(next) => {
        if (next !== null) change(onPick(next));
      }}
    />
  );
}
