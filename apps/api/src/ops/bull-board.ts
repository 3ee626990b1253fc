import { createBullBoard } from '@bull-board/api';
import type { BaseAdapter } from '@bull-board/api/baseAdapter';
import { ExpressAdapter } from '@bull-board/express';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { RequestHandler } from 'express';

export const BULL_BOARD_PREFIX = '/admin/queues';

/** The page asks Google for its fonts, which the security headers forbid; the system's own look as good. */
const FONTS = {
  'font-sans': 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  'font-mono': 'ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace',
} as const;

export interface BullBoardOptions {
  readonly queues: readonly BaseAdapter[];
  /** Lets administrators through and refuses writes from foreign pages. */
  readonly requireAdmin: RequestHandler;
}

/** Mounts Bull Board. Call it before `app.init()`. @returns shows other queues from now on */
export function mountBullBoard(app: NestExpressApplication, options: BullBoardOptions): (queues: readonly BaseAdapter[]) => void {
  const serverAdapter = new ExpressAdapter().setBasePath(BULL_BOARD_PREFIX);
  const board = createBullBoard({
    queues: options.queues,
    serverAdapter,
    options: {
      uiConfig: { boardTitle: 'Takt', hideDocsLink: true, theme: { light: FONTS, dark: FONTS } },
    },
  });
  app.use(BULL_BOARD_PREFIX, options.requireAdmin, serverAdapter.getRouter() as RequestHandler);
  return (queues) => {
    board.replaceQueues(queues);
  };
}
