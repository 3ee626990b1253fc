import { stream } from '@/server/forward';

export const { GET } = stream('executions/:id/logs/stream');
