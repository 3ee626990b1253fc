import { stream } from '@/server/forward';

export const { GET, POST, PUT, PATCH, DELETE } = stream('stream');
