import { createBullBoard } from '@bull-board/api';
import type { BaseAdapter } from '@bull-board/api/baseAdapter';
import { ExpressAdapter } from '@bull-board/express';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Application, RequestHandler } from 'express';

export const BULL_BOARD_PREFIX = '/admin/queues';

/** The page asks Google for its fonts, which it need not know of and the security headers forbid; the system's own look as good. */
const FONTS = {
  'font-sans': 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  'font-mono': 'ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace',
} as const;

export interface BullBoardOptions {
  /** Of the board that changes queues. */
  readonly queues: readonly BaseAdapter[];
  /** The same queues, of the board that only shows them. */
  readonly readOnlyQueues: readonly BaseAdapter[];
  /** Tells by who asks which of two handlers serves a request, if any. */
  readonly choose: (boards: { readonly acting: RequestHandler; readonly reading: RequestHandler }) => RequestHandler;
}

/** Mounts Bull Board: two boards at one address, of which each caller gets theirs. Call it before `app.init()`. */
export function mountBullBoard(app: NestExpressApplication, { queues, readOnlyQueues, choose }: BullBoardOptions): void {
  app.use(BULL_BOARD_PREFIX, choose({ acting: boardOf('Takt', queues), reading: boardOf('Takt, to read', readOnlyQueues) }));
}

function boardOf(boardTitle: string, queues: readonly BaseAdapter[]): RequestHandler {
  const serverAdapter = new ExpressAdapter().setBasePath(BULL_BOARD_PREFIX);
  createBullBoard({
    queues,
    serverAdapter,
    options: {
      uiConfig: { boardTitle, hideDocsLink: true, theme: { light: FONTS, dark: FONTS } },
    },
  });
  return withoutForeignFonts(serverAdapter.getRouter() as Application);
}

const FOREIGN_FONTS = /<link[^>]*\shref="https:\/\/fonts\.[^>]*>\s*/g;

/** Takes the reference out of the page as well: a browser that is forbidden to follow it complains each time. */
function withoutForeignFonts(board: Application): RequestHandler {
  const render = board.render.bind(board) as (view: string, values: object, done: Rendered) => void;
  // `Response.render` calls it so.
  const renderOwn = (view: string, values: object, done: Rendered): void => {
    render(view, values, (error, html) => { done(error, html?.replace(FOREIGN_FONTS, '')); });
  };
  return Object.assign(board, { render: renderOwn });
}

type Rendered = (error: Error | null, html?: string) => void;
