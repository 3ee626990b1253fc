import { forward } from '@/server/forward';

export const { GET, PUT, DELETE } = forward('jobs/:id', 'GET', 'PUT', 'DELETE');
