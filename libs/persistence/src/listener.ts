import pg from 'pg';

const RECONNECT_MS = 1_000;
/** A listener that hears nothing cannot know that its connection is dead: it asks, milliseconds. */
const PROBE_INTERVAL_MS = 10_000;
const PROBE_TIMEOUT_MS = 5_000;

export interface ListenerOptions {
  readonly url: string;
  readonly applicationName: string;
  /** Channel → what to do with a payload. */
  readonly channels: Readonly<Record<string, (payload: string) => void>>;
  /** Called after each (re)connection: whatever was sent in between was missed. */
  readonly onConnected: () => void;
  readonly onError: (error: unknown) => void;
}

/** Listens for notifications on a connection of its own and connects again when it breaks, for as long as it is open. */
export class NotificationListener {
  private client: pg.Client | null = null;
  private timer: NodeJS.Timeout | null = null;
  private closed = false;

  constructor(private readonly options: ListenerOptions) {}

  /** Starts listening; does not wait for the first connection. */
  start(): void {
    void this.connect();
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.timer !== null) clearTimeout(this.timer);
    const client = this.client;
    this.client = null;
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.options.url,
      application_name: this.options.applicationName,
      connectionTimeoutMillis: PROBE_TIMEOUT_MS,
      query_timeout: PROBE_TIMEOUT_MS,
      keepAlive: true,
    });
    client.on('error', (error) => {
      this.lost(client, error);
    });
    client.on('end', () => {
      this.lost(client, new Error('The notification connection ended'));
    });
    client.on('notification', ({ channel, payload }) => {
      this.options.channels[channel]?.(payload ?? '');
    });
    this.client = client;
    try {
      await client.connect();
      for (const channel of Object.keys(this.options.channels)) await client.query(`listen ${channel}`);
      this.options.onConnected();
      this.probeLater(client);
    } catch (error) {
      this.lost(client, error);
    }
  }

  private probeLater(client: pg.Client): void {
    this.timer = setTimeout(() => {
      client
        .query('select 1')
        .then(() => {
          if (this.client === client) this.probeLater(client);
        })
        .catch((error: unknown) => {
          this.lost(client, error);
        });
    }, PROBE_INTERVAL_MS);
    this.timer.unref();
  }

  private lost(client: pg.Client, error: unknown): void {
    if (this.closed || this.client !== client) return;
    this.client = null;
    if (this.timer !== null) clearTimeout(this.timer);
    this.options.onError(error);
    client.end().catch(() => undefined);
    this.timer = setTimeout(() => {
      void this.connect();
    }, RECONNECT_MS);
  }
}
