import { forward } from '@/server/forward';

export const { GET, POST } = forward('api-keys', 'GET', 'POST');
