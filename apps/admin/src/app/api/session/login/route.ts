export { logIn as POST } from '@/server/session-routes';
