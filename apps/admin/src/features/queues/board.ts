/** Bull Board, which this UI passes on under the same login. Administrators change queues there; to others the API shows it read-only. */
export const BOARD = '/admin/queues';
