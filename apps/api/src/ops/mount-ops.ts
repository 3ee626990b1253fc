import type { NestExpressApplication } from '@nestjs/platform-express';
import { TaskFunctionRepository } from '#application/task-functions/task-function.repository.js';
import { VERSION } from '#domain/version.js';
import { boardAdapters } from '#queue/board-adapters.js';
import { QueueBackend } from '#queue/queue-backend.js';
import { BasicAuthenticator } from '../security/basic-authenticator.js';
import { RequestAuthenticator } from '../security/request-authenticator.js';
import { actOrRead, requireLogin } from '../security/page-gate.js';
import { BULL_BOARD_PREFIX, mountBullBoard } from './bull-board.js';
import { DOCUMENTATION_PREFIX, mountDocumentation } from './documentation.js';
import { DOCUMENTED_DIALECTS } from './documented-dialects.js';

/** Prefixes below which web pages are served, not data. */
export const PAGE_PREFIXES = [DOCUMENTATION_PREFIX, BULL_BOARD_PREFIX] as const;

/**
 * Mounts what is no controller: API documentation and Bull Board. Call it before `app.init()`.
 *
 * @param options `localMode`: the documentation is open to everybody; elsewhere it needs a login
 */
export async function mountOps(app: NestExpressApplication, { localMode }: { readonly localMode: boolean }): Promise<void> {
  const gate = { basic: app.get(BasicAuthenticator), bearer: app.get(RequestAuthenticator) };
  if (!localMode) app.use(DOCUMENTATION_PREFIX, requireLogin(gate));
  mountDocumentation(app, DOCUMENTED_DIALECTS, VERSION);
  const queues = app.get(QueueBackend);
  const names = await app.get(TaskFunctionRepository).queueNames();
  mountBullBoard(app, {
    queues: boardAdapters(queues, names, { readOnly: false }),
    readOnlyQueues: boardAdapters(queues, names, { readOnly: true }),
    choose: (boards) => actOrRead(gate, boards),
  });
}
