import { forward } from '@/server/forward';

export const { GET } = forward('jobs/:id/executions', 'GET');
