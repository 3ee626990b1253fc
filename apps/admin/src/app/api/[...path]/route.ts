import { failure } from '@/server/browser-session';

/** What is no route of ours is answered as the API would. */
function notFound() {
  return failure(404, 'Not found');
}

export { notFound as GET, notFound as POST, notFound as PUT, notFound as PATCH, notFound as DELETE };
