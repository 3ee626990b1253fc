'use client';
import { Select, Text } from '@mantine/core';
import type { TaskFunction } from '@/api/types';
import { ArgumentsEditor } from '@/components/arguments/ArgumentsEditor';
import { formatDuration } from '@/components/format';
import { withTaskFunction } from '../draft';
import { fieldId, problemsBelow } from '../problems';
import { FormSection } from './FormSection';
import type { SectionProps } from './section-props';

export interface TaskSectionProps extends SectionProps {
  taskFunctions: readonly TaskFunction[];
}

/** Which task function; those that were switched off are offered to jobs only that have them. */
export function TaskSection({ draft, problems, change, taskFunctions }: TaskSectionProps) {
  const chosen = taskFunctions.find(({ id }) => id === draft.taskFunctionId);
  const offered = taskFunctions.filter(({ id, isActive }) => isActive || id === draft.taskFunctionId);
  return (
    <FormSection id="task">
      <Select
        id={fieldId('taskFunctionId')}
        label="Task function"
        required
        searchable
        allowDeselect={false}
        placeholder="Choose what to run"
        nothingFoundMessage="No such task function"
        data={offered.map(({ id, displayName, name, isActive }) => ({ value: String(id), label: `${displayName} (${name})${isActive ? '' : ', inactive'}` }))}
        value={draft.taskFunctionId === null ? null : String(draft.taskFunctionId)}
        error={problems['taskFunctionId']}
        onChange={(id) => {
          const next = taskFunctions.find((known) => String(known.id) === id);
          if (next !== undefined) change(withTaskFunction(draft, next, chosen));
        }}
      />
      {chosen !== undefined && (
        <Text size="xs" c="dimmed">
          {chosen.description !== null && <>{chosen.description}. </>}
          Queue <b>{chosen.queue}</b>, time limit {formatDuration(chosen.defaultTimeoutSeconds)} unless set below.
        </Text>
      )}
    </FormSection>
  );
}

export function ArgumentsSection({ draft, problems, change, taskFunctions }: TaskSectionProps) {
  const chosen = taskFunctions.find(({ id }) => id === draft.taskFunctionId);
  return (
    <FormSection id="arguments">
      {chosen === undefined ? (
        <Text size="sm" c="dimmed">
          Choose what to run first.
        </Text>
      ) : (
        <ArgumentsEditor
          key={chosen.id}
          idPrefix={fieldId('taskArgs')}
          schema={chosen.argumentSchema}
          value={draft.taskArgs}
          problems={problemsBelow(problems, 'taskArgs')}
          onChange={(taskArgs, taskArgsWrong) => {
            change({ taskArgs, taskArgsWrong });
          }}
        />
      )}
    </FormSection>
  );
}
