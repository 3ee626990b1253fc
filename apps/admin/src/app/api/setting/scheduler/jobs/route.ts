import { forward } from '@/server/forward';

export const { GET, POST } = forward('jobs', 'GET', 'POST');
