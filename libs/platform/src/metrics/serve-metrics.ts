import { createServer, type Server } from 'node:http';
import type { Logger } from '../logging/logger.js';
import type { MetricsPage } from './metrics.port.js';

/** Serves the page at `GET /metrics`, and nothing else, on a port of its own. Resolves when it listens. */
export async function serveMetrics(
  page: MetricsPage,
  { host, port }: { host: string; port: number },
  logger: Logger,
): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (request.method !== 'GET' || pathname !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    page.render().then(
      (text) => response.writeHead(200, { 'content-type': page.contentType, 'cache-control': 'no-store' }).end(text),
      (error: unknown) => {
        logger.warn({ err: error }, 'metrics could not be rendered');
        response.writeHead(500).end();
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // Collecting must never keep a process from ending.
  server.unref();
  logger.info({ address: server.address() }, 'metrics ready');
  return server;
}
