import { forward } from '@/server/forward';

export const { DELETE } = forward('api-keys/:id', 'DELETE');
