import { forward } from '@/server/forward';

export const { GET } = forward('task-functions', 'GET');
