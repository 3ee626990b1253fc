import { forward } from '@/server/forward';

export const { GET, PUT } = forward('users/:id', 'GET', 'PUT');
