import { forward } from '@/server/forward';

export const { GET, POST } = forward('users', 'GET', 'POST');
