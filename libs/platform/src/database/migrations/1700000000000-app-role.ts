import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../app-role.js';

/** The unprivileged role of APP_ROLE. Roles belong to the cluster, so it may exist already. */
export class AppRole1700000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DO $$
      BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${APP_ROLE}') THEN
          CREATE ROLE ${APP_ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
        END IF;
      EXCEPTION
        WHEN duplicate_object OR unique_violation THEN NULL; -- another database of this cluster made it just now
        WHEN insufficient_privilege THEN
          RAISE EXCEPTION 'the role of DATABASE_URL may not create roles'
            USING HINT = 'As a superuser: CREATE ROLE ${APP_ROLE} NOLOGIN; GRANT ${APP_ROLE} TO ' || quote_ident(current_user) || ';';
      END $$;
    `);
    await queryRunner.query(`
      DO $$
      BEGIN
        IF NOT pg_has_role(current_user, '${APP_ROLE}', 'MEMBER') OR current_setting('server_version_num')::int >= 160000 THEN
          EXECUTE format('GRANT ${APP_ROLE} TO %I', current_user);
        END IF;
      EXCEPTION
        WHEN insufficient_privilege THEN
          IF NOT pg_has_role(current_user, '${APP_ROLE}', 'MEMBER') THEN
            RAISE EXCEPTION 'the role of DATABASE_URL is not a member of ${APP_ROLE}'
              USING HINT = 'As a superuser: GRANT ${APP_ROLE} TO ' || quote_ident(current_user) || ';';
          END IF;
      END $$;
    `);
    await queryRunner.query(`GRANT USAGE ON SCHEMA public TO ${APP_ROLE}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`REVOKE USAGE ON SCHEMA public FROM ${APP_ROLE}`);
  }
}
