import { DomainError } from '#domain/errors.js';

/**
 * Waits for a call to the queue's store, but no longer than `ms`.
 *
 * @throws DomainError `QUEUE_UNAVAILABLE` when the call fails or takes longer
 */
export async function withDeadline<Result>(ms: number, work: () => Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${String(ms)} ms`));
    }, ms);
  });
  const call = work();
  try {
    return await Promise.race([call, deadline]);
  } catch (cause) {
    throw new DomainError('QUEUE_UNAVAILABLE', 'The message queue did not answer in time', [], { cause });
  } finally {
    clearTimeout(timer);
    call.catch(() => undefined);
  }
}
