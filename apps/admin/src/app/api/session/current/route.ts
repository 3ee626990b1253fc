export { currentSession as GET } from '@/server/session-routes';
