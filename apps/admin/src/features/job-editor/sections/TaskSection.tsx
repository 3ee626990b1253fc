'use client';
import { Text } from '@mantine/core';
import type { TaskFunction } from '@/api/types';
import { ArgumentsEditor } from '@/components/arguments/ArgumentsEditor';
import { formatDuration } from '@/components/format';
import { TaskFunctionSelect } from '@/components/TaskFunctionSelect';
import { fieldId, problemsBelow } from '../problems';
import { FormSection } from './FormSection';
import type { SectionProps } from './section-props';

export interface TaskSectionProps extends SectionProps {
  /** The chosen one. */
  taskFunction: TaskFunction | null;
}

/** Which task function; those that were switched off are offered to jobs only that have them. */
export function TaskSection({ problems, taskFunction, onChoose }: TaskSectionProps & { onChoose: (next: TaskFunction) => void }) {
  return (
    <FormSection id="task">
      <TaskFunctionSelect
        id={fieldId('taskFunctionId')}
        label="Task function"
        required
        allowDeselect={false}
        placeholder="Search what to run"
        offered="active"
        labelOf={({ displayName, name, isActive }) => `${displayName} (${name})${isActive ? '' : ', inactive'}`}
        chosen={taskFunction}
        error={problems['taskFunctionId']}
        onChoose={(next) => {
          if (next !== null) onChoose(next);
        }}
      />
      {taskFunction !== null && (
        <Text size="xs" c="dimmed">
          {taskFunction.description !== null && <>{taskFunction.description}. </>}
          Queue <b>{taskFunction.queue}</b>, time limit {formatDuration(taskFunction.defaultTimeoutSeconds)} unless set below.
        </Text>
      )}
    </FormSection>
  );
}

export function ArgumentsSection({ draft, problems, change, taskFunction }: TaskSectionProps) {
  return (
    <FormSection id="arguments">
      {taskFunction === null ? (
        <Text size="sm" c="dimmed">
          Choose what to run first.
        </Text>
      ) : (
        <ArgumentsEditor
          key={taskFunction.id}
          idPrefix={fieldId('taskArgs')}
          schema={taskFunction.argumentSchema}
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
