/** Bodies for OpenAPI: those of document 001, and one per further kind of schedule. */
export const CREATE_EXAMPLES = {
  interval: {
    summary: 'Every 6 hours',
    value: {
      name: 'Custom Cleanup Job',
      description: 'Run custom cleanup every 6 hours',
      taskFunctionId: 5,
      jobTypeId: 1,
      scheduleConfig: { hours: 6, minutes: 0, seconds: 0 },
      taskArgs: { retention_days: 30 },
      maxInstances: 1,
      timeoutSeconds: 300,
      retryCount: 3,
      retryDelaySeconds: 60,
      isEnabled: true,
    },
  },
  cron: {
    summary: 'Every Monday at 8 AM',
    value: {
      name: 'Weekly Cleanup',
      taskFunctionId: 5,
      jobTypeId: 2,
      scheduleConfig: { hour: '8', minute: '0', day_of_week: 'mon' },
    },
  },
  expression: {
    summary: 'Every 5 minutes, Berlin time',
    value: {
      name: 'Frequent Cleanup',
      taskFunctionId: 5,
      jobTypeId: 2,
      scheduleConfig: { expression: '*/5 * * * *', timezone: 'Europe/Berlin' },
    },
  },
  once: {
    summary: 'Once, in 90 seconds',
    value: { name: 'Cleanup soon', taskFunctionId: 5, jobTypeId: 3, scheduleConfig: { delaySeconds: 90 } },
  },
};

export const UPDATE_EXAMPLES = {
  document: {
    summary: 'Rename, reschedule, switch off',
    value: { name: 'Updated Job Name', scheduleConfig: { hours: 2, minutes: 0, seconds: 0 }, isEnabled: false },
  },
};
