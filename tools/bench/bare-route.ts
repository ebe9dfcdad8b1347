// node tools/bench/bare-route.ts: the least an HTTP server can do with a conversation: read it, and insert it as one row.
import Fastify from 'fastify';
import { Pool } from 'pg';

const { DATABASE_URL, PORT } = process.env;
/** As the API's. */
const POOL_SIZE = 10;
const BODY_LIMIT = 16 * 1024 * 1024;

const pool = new Pool({ connectionString: DATABASE_URL, max: POOL_SIZE });
await pool.query(
  `CREATE TABLE IF NOT EXISTS bare_conversations (
     id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
     external_id text NOT NULL,
     body jsonb NOT NULL,
     recorded_at timestamptz NOT NULL DEFAULT now()
   )`,
);
const app = Fastify({ bodyLimit: BODY_LIMIT });
app.get('/ready', () => ({ ready: true }));
app.post<{ Body: { externalId: string } }>('/conversations', async (request, reply) => {
  const { rows } = await pool.query<{ id: string }>(
    'INSERT INTO bare_conversations (external_id, body) VALUES ($1, $2) RETURNING id',
    [request.body.externalId, JSON.stringify(request.body)],
  );
  return reply.status(202).send({ data: { id: rows[0]?.id } });
});
await app.listen({ port: Number(PORT), host: '127.0.0.1' });
process.once('SIGTERM', () => {
  void app.close().then(() => pool.end());
});
