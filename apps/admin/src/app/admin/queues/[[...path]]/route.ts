import type { NextRequest } from 'next/server';
import { passOnBullBoard } from '@/server/bull-board';

async function handle(request: NextRequest, { params }: { params: Promise<{ path?: string[] }> }) {
  return passOnBullBoard(request, (await params).path ?? []);
}

export { handle as GET, handle as POST, handle as PUT, handle as PATCH, handle as DELETE };
