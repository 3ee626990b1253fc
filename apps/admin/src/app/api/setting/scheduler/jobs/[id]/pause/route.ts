import { forward } from '@/server/forward';

export const { POST } = forward('jobs/:id/pause', 'POST');
