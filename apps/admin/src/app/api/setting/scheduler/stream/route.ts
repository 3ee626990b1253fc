import { stream } from '@/server/forward';

export const { GET } = stream('stream');
