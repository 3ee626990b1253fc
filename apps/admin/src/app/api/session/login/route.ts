import { methodRefusal } from '@/server/method-refusal';

const refuse = methodRefusal(['POST']);

export { logIn as POST } from '@/server/session-routes';
export { refuse as GET, refuse as PUT, refuse as PATCH, refuse as DELETE };
