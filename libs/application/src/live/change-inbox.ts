import type { Fingerprint, Topic } from './topics.js';

/**
 * What one follower has not been told yet: topics whose state is not the one that it was told last. The first state that is
 * seen of a topic is where it starts from, unless it goes on from where an earlier stream ended (`resumeFrom`).
 */
export class ChangeInbox {
  private readonly told = new Map<Topic, string>();
  private readonly current = new Map<Topic, string>();

  constructor(readonly topics: readonly Topic[]) {}

  /** Takes over what an earlier follower of the same topics was told; ignores marks of others. */
  resumeFrom(mark: string): void {
    const states = mark.split('.');
    if (states.length !== this.topics.length) return;
    this.topics.forEach((topic, index) => this.told.set(topic, states[index] ?? ''));
  }

  see(fingerprint: Fingerprint): void {
    for (const topic of this.topics) {
      const state = fingerprint.get(topic);
      if (state === undefined) continue;
      this.current.set(topic, state);
      if (!this.told.has(topic)) this.told.set(topic, state);
    }
  }

  /** Whether it starts from a state of every topic: from here on nothing is missed. */
  get isReady(): boolean {
    return this.topics.every((topic) => this.told.has(topic));
  }

  get hasNews(): boolean {
    return this.topics.some((topic) => this.isNews(topic));
  }

  /** Everything that changed since the last call, in the order of the topics; it counts as told from now on. */
  take(): Topic[] {
    const news = this.topics.filter((topic) => this.isNews(topic));
    for (const topic of news) this.told.set(topic, this.current.get(topic) ?? '');
    return news;
  }

  /** From where a later follower of the same topics can go on; opaque. */
  get mark(): string {
    return this.topics.map((topic) => this.told.get(topic) ?? '').join('.');
  }

  private isNews(topic: Topic): boolean {
    const state = this.current.get(topic);
    return state !== undefined && state !== this.told.get(topic);
  }
}
