import { forward } from '@/server/forward';

export const { PUT } = forward('users/:id/password', 'PUT');
