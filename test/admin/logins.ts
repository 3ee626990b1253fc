/** The accounts of a new installation, with their passwords. */
export const LOGINS = { admin: 'admin123', operator: 'op123', viewer: 'view123' } as const;
export type Login = keyof typeof LOGINS;
