import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { refreshTopics } from './mounted-topics';

/** A query whose answers are given by hand, in the order in which they were asked for. */
function aQuery() {
  const client = new QueryClient();
  const asked: ((value: string) => void)[] = [];
  const observer = new QueryObserver(client, { queryKey: ['jobs', 'list'], queryFn: () => new Promise<string>((answer) => asked.push(answer)) });
  const stop = observer.subscribe(() => undefined);
  return { client, asked, observer, stop };
}

it('asks again after an answer that was under way when the change was told', async () => {
  const { client, asked, observer, stop } = aQuery();
  expect(asked.length).toBe(1);
  const refreshed = refreshTopics(client, ['jobs']);
  asked[0]?.('before the change');
  await expect.poll(() => asked.length).toBe(2);
  asked[1]?.('after it');
  await refreshed;
  expect(observer.getCurrentResult().data).toBe('after it');
  stop();
});

it('asks once where nothing is under way', async () => {
  const { client, asked, observer, stop } = aQuery();
  asked[0]?.('first');
  await expect.poll(() => observer.getCurrentResult().data).toBe('first');
  const refreshed = refreshTopics(client, ['jobs']);
  await expect.poll(() => asked.length).toBe(2);
  asked[1]?.('second');
  await refreshed;
  expect([asked.length, observer.getCurrentResult().data]).toEqual([2, 'second']);
  stop();
});
