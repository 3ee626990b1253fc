import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../client';
import type { ExecutionBulkResult, Triggered } from '../contract';
import { executionTopic } from '../keys';
import type { Execution, JsonObject } from '../types';

function useExecutionChange<Input extends { id?: string }, Output>(change: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    // Not awaited: what is told of the change does not wait for the lists.
    onSettled: (_data, _error, { id }) => {
      for (const queryKey of [['executions'], ['jobs'], ['overview'], ...(id === undefined ? [] : [[executionTopic(id)]])]) void client.invalidateQueries({ queryKey });
    },
  });
}

export const useCancelExecution = () => useExecutionChange(({ id }: { id: string }) => call<Execution>('POST', `executions/${id}/cancel`));
export const useRerunExecution = () =>
  useExecutionChange(({ id, taskArgs }: { id: string; taskArgs?: JsonObject | null }) =>
    call<Triggered>('POST', `executions/${id}/rerun`, { body: taskArgs === undefined ? {} : { taskArgs } }),
  );
export const useBulkExecutions = () =>
  useExecutionChange(({ action, ids }: { id?: string; action: 'cancel' | 'rerun'; ids: string[] }) =>
    call<ExecutionBulkResult>('POST', 'executions/bulk', { body: { action, ids } }),
  );
