import { forward } from '@/server/forward';

export const { GET } = forward('job-types', 'GET');
