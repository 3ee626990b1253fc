export { logOut as POST } from '@/server/session-routes';
