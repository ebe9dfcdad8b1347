/**
 * The role every query of the product runs as: owns no table, is no superuser, can't log in, so row-level security holds
 * for it. The login role of DATABASE_URL owns the tables and migrates; each connection of the pool takes this role as its
 * start-up default, so that even `RESET ROLE` leads back to it.
 */
export const APP_ROLE = 'threadline_app';
