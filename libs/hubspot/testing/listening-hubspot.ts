import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A request as HubSpot saw it. */
export interface WireRequest {
  method: string;
  /** With the query. */
  url: string;
  headers: IncomingMessage['headers'];
  text: string;
}

export type WireAnswer =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  /** Cuts the connection without a word. */
  | 'reset'
  /** Sends the status line and the beginning of a JSON body, then cuts the connection. */
  | 'break_off'
  /** Never answers. */
  | 'silence';

type WireScript = (request: WireRequest) => WireAnswer;

/** A HubSpot on a real socket, for what only a socket shows: resets, silence, time-outs. */
export interface ListeningHubSpot {
  url: string;
  seen: WireRequest[];
  /** What answers from now on. */
  script: WireScript;
  /** Resolves when a client has cut a connection that was waiting for an answer. */
  hungUp: Promise<void>;
  close(): Promise<void>;
}

export async function startListeningHubSpot(script: WireScript): Promise<ListeningHubSpot> {
  const sockets = new Set<Socket>();
  const hungUp = Promise.withResolvers<void>();
  const hubspot = { seen: [] as WireRequest[], script, hungUp: hungUp.promise };
  const server = createServer((request, response) => {
    void (async () => {
      const seen = await see(request);
      hubspot.seen.push(seen);
      response.on('close', () => {
        if (!response.writableFinished) hungUp.resolve();
      });
      play(hubspot.script(seen), response);
    })();
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return Object.assign(hubspot, { url: `http://127.0.0.1:${port}`, close });
}

async function see(request: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return { method: request.method ?? '', url: request.url ?? '', headers: request.headers, text };
}

function play(answer: WireAnswer, response: ServerResponse): void {
  if (answer === 'silence') return;
  if (answer === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (answer === 'break_off') {
    response.writeHead(201, { 'content-type': 'application/json', 'content-length': '500' });
    response.write('{"results":[{"id":"1"', () => response.socket?.resetAndDestroy());
    return;
  }
  const { status, body, headers } = answer;
  const payload = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json;charset=utf-8', ...headers }).end(payload);
}
