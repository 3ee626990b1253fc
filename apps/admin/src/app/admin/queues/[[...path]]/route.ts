import { apiPages } from '@/server/api-pages';

const handle = apiPages({ prefix: '/admin/queues', isFramed: true });

export { handle as GET, handle as POST, handle as PUT, handle as PATCH, handle as DELETE };
