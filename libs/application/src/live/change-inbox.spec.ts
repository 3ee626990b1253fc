import { describe, expect, test } from 'vitest';
import { ChangeInbox } from './change-inbox.js';
import { parseTopics, type Fingerprint } from './topics.js';

const ID = '01934f6e-8f7a-7cc1-8d7e-3f5c1c2b7a10';
const state = (jobs: string, executions: string): Fingerprint => new Map([['jobs', jobs], ['executions', executions], ['workers', 'w']]);

describe('ChangeInbox', () => {
  test('starts from the first state it sees and tells each change once', () => {
    const inbox = new ChangeInbox(['executions', 'jobs']);
    expect(inbox.isReady).toBe(false);
    inbox.see(state('j1', 'e1'));
    expect([inbox.isReady, inbox.take()]).toEqual([true, []]);
    inbox.see(state('j2', 'e1'));
    inbox.see(state('j3', 'e2'));
    expect(inbox.take()).toEqual(['executions', 'jobs']);
    expect(inbox.take()).toEqual([]);
  });

  test('does not hear of topics that it did not ask for', () => {
    const inbox = new ChangeInbox(['workers']);
    inbox.see(state('j1', 'e1'));
    inbox.see(state('j2', 'e2'));
    expect(inbox.hasNews).toBe(false);
  });

  test('waits for a topic that nobody looked for yet', () => {
    const inbox = new ChangeInbox(['jobs', `job:${ID}`]);
    inbox.see(state('j1', 'e1'));
    expect(inbox.isReady).toBe(false);
    inbox.see(new Map([...state('j1', 'e1'), [`job:${ID}`, 'a']]));
    expect([inbox.isReady, inbox.hasNews]).toEqual([true, false]);
  });

  test('goes on from the mark of an earlier one, which stands for what was told', () => {
    const first = new ChangeInbox(['jobs', 'executions']);
    first.see(state('j1', 'e1'));
    first.see(state('j2', 'e1'));
    const { mark } = first;
    const second = new ChangeInbox(['jobs', 'executions']);
    second.resumeFrom(mark);
    second.see(state('j2', 'e1'));
    expect(second.take()).toEqual(['jobs']);
    expect(second.mark).toBe('j2.e1');
  });

  test('ignores a mark of other topics', () => {
    const inbox = new ChangeInbox(['jobs', 'executions']);
    inbox.resumeFrom('a.b.c');
    expect(inbox.isReady).toBe(false);
  });
});

describe('parseTopics', () => {
  test('reads topics once each, ids in lower case', () => {
    expect(parseTopics(`jobs, overview,jobs,execution:${ID.toUpperCase()},job:${ID}`)).toEqual(['jobs', 'overview', `execution:${ID}`, `job:${ID}`]);
  });

  test.each([['everything'], [''], ['jobs,'], ['job:1'], [`worker:${ID}`], ['job:'], [undefined], [['jobs']], [Array.from({ length: 33 }, (_, n) => `job:${ID.slice(0, -2)}${String(n + 10)}`).join(',')]])(
    'refuses %j',
    (value) => {
      expect(parseTopics(value)).toBeNull();
    },
  );
});
