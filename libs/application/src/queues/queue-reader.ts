import type { BrokerFigures, BrokerQueues } from './broker-queues.js';
import type { QueueLoad, QueueLoads } from './queue-loads.js';

/** A queue from both sides: what the ledger says is to be done, and what the message queue holds. */
export interface QueueOverview extends QueueLoad {
  /** Null: the message queue did not answer in time. */
  readonly broker: BrokerFigures | null;
}

/** Shows the queues that executions go through. */
export class QueueReader {
  constructor(
    private readonly loads: QueueLoads,
    private readonly broker: BrokerQueues,
  ) {}

  /** All queues by name. */
  async list(): Promise<QueueOverview[]> {
    const loads = await this.loads.list();
    const figures = await this.broker.figuresOf(loads.map(({ name }) => name));
    return loads.map((load) => ({ ...load, broker: figures.get(load.name) ?? null }));
  }
}
