import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds what belongs to one contact without reading every conversation of a tenant. */
export class ContactErasure1700000005100 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE INDEX conversations_crm_contact ON conversations (tenant_id, (customer ->> 'crmContactId'))
        WHERE customer ->> 'crmContactId' IS NOT NULL;
      CREATE INDEX deliveries_waiting_customer ON deliveries (tenant_id, customer_key) WHERE status = 'pending';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX deliveries_waiting_customer, conversations_crm_contact');
  }
}
