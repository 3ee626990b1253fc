import { forward } from '@/server/forward';

export const { POST } = forward('schedule/preview', 'POST');
