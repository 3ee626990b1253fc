'use client';
/** The arguments of one run, as a dialog asks for them. */
import { useState } from 'react';
import type { JsonObject } from '@/api/types';
import type { ArgumentsEditorProps } from './ArgumentsEditor';
import { refusedArguments } from './refused';
import { fieldsOf, missingMembers } from './schema-fields';

export interface RunArguments {
  /** Without the texts that are no value. */
  readonly taskArgs: JsonObject;
  /** Some text is no value. */
  readonly isWrong: boolean;
  /** Those for the `<ArgumentsEditor>`. */
  readonly editor: Pick<ArgumentsEditorProps, 'value' | 'problems' | 'onChange'>;
  /** Whether they may be sent; from the first time on, what is missing is marked. */
  readonly check: () => boolean;
}

/**
 * @param initial what the fields hold at the start; later ones change nothing
 * @param refusal what came of sending them
 */
export function useRunArguments({ schema, initial, refusal }: { schema: JsonObject | null; initial: JsonObject | null; refusal: Error | null }): RunArguments {
  const [taskArgs, setTaskArgs] = useState(initial ?? {});
  const [isWrong, setIsWrong] = useState(false);
  const [hasTried, setHasTried] = useState(false);
  const missing = missingMembers(fieldsOf(schema), taskArgs);
  const needed = hasTried ? Object.fromEntries(missing.map((name) => [name, 'The task function needs this.'])) : {};
  return {
    taskArgs,
    isWrong,
    editor: {
      value: taskArgs,
      problems: { ...refusedArguments(refusal), ...needed },
      onChange: (value, wrong) => {
        setTaskArgs(value);
        setIsWrong(Object.keys(wrong).length > 0);
      },
    },
    check: () => {
      setHasTried(true);
      return !isWrong && missing.length === 0;
    },
  };
}
