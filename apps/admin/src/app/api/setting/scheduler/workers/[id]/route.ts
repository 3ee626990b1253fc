import { forward } from '@/server/forward';

export const { GET } = forward('workers/:id', 'GET');
