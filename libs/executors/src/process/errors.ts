/** The helper that ran a task is gone. What it had started has been killed when this is thrown; another attempt may do. */
export class SpawnHelperLost extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SpawnHelperLost';
  }
}

/** The supervisor was closed before or while the task ran. */
export class SupervisorClosed extends Error {
  constructor() {
    super('this worker is shutting down');
    this.name = 'SupervisorClosed';
  }
}
