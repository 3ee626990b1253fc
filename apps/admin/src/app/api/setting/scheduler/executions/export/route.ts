import { stream } from '@/server/forward';

export const { GET } = stream('executions/export');
