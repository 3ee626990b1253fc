export const JOB_STATES = ['enabled', 'disabled', 'paused'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** The two switches of a job as one word: of one that is switched off it does not matter whether it is paused. */
export function stateOf({ isEnabled, isPaused }: { readonly isEnabled: boolean; readonly isPaused: boolean }): JobState {
  if (!isEnabled) return 'disabled';
  return isPaused ? 'paused' : 'enabled';
}
