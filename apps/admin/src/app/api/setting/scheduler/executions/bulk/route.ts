import { forward } from '@/server/forward';

export const { POST } = forward('executions/bulk', 'POST');
