import { forward } from '@/server/forward';

export const { GET, POST, PUT, PATCH, DELETE } = forward('status', 'GET');
