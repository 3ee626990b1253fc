import type { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Answers with a file that is made while it is read; nothing of it for HEAD. A reader that goes away ends the making. */
export async function sendFile(
  response: Response,
  file: { readonly name: string; readonly type: string },
  text: AsyncIterable<string>,
): Promise<void> {
  response.status(200).setHeader('Content-Type', file.type);
  response.setHeader('Content-Disposition', `attachment; filename="${file.name}"`);
  response.flushHeaders();
  if (response.req.method === 'HEAD') {
    response.end();
    return;
  }
  await pipeline(Readable.from(text), response).catch((error: unknown) => {
    if (!response.destroyed || !isPrematureClose(error)) throw error;
  });
}

/** One piece of text for each part of a list. */
export async function* textOf<Item>(parts: AsyncIterable<readonly Item[]>, write: (item: Item) => string): AsyncGenerator<string> {
  for await (const part of parts) yield part.map(write).join('');
}

function isPrematureClose(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
