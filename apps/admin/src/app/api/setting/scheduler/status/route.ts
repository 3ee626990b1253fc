import { forward } from '@/server/forward';

export const { GET } = forward('status', 'GET');
