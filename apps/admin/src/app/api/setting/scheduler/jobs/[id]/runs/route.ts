import { forward } from '@/server/forward';

export const { GET } = forward('jobs/:id/runs', 'GET');
