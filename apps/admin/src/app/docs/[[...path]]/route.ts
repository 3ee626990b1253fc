import { apiPages } from '@/server/api-pages';
import { withoutTrying } from '@/server/documentation';

const handle = apiPages({ prefix: '/docs', isFramed: false, rewrite: withoutTrying });

export { handle as GET };
