import { forward } from '@/server/forward';

export const { PUT } = forward('jobs/:id/status', 'PUT');
