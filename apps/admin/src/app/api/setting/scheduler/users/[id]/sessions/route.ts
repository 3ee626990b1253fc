import { forward } from '@/server/forward';

export const { DELETE } = forward('users/:id/sessions', 'DELETE');
