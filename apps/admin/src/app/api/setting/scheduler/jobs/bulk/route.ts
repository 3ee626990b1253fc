import { forward } from '@/server/forward';

export const { POST } = forward('jobs/bulk', 'POST');
