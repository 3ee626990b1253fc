import { methodRefusal } from '@/server/method-refusal';

const refuse = methodRefusal(['GET']);

export { currentSession as GET } from '@/server/session-routes';
export { refuse as POST, refuse as PUT, refuse as PATCH, refuse as DELETE };
