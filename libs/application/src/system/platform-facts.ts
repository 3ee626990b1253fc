/** What an installation is, fixed from the start of the process. A class, so that it is a token of injection. */
export class PlatformFacts {
  constructor(
    readonly facts: {
      readonly version: string;
      /** Store that the message queue runs on. */
      readonly queueBackend: 'redis' | 'postgres';
      /** Local: loopback only, with demo accounts. */
      readonly mode: 'local' | 'production';
      /** What people call this installation; null for nothing. */
      readonly environmentLabel: string | null;
      /** Whether `/metrics` answers. */
      readonly metrics: boolean;
    },
  ) {}
}
