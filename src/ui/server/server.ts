/**
 * Serves the screens: the built page, the live view over a WebSocket, the photo of the case at hand. Knows the
 * desk by its public status and events only.
 */
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import fastifyWebsocket from '@fastify/websocket';
import Fastify, { type FastifyBaseLogger, type FastifyReply, LogController } from 'fastify';
import { type Failure, fail, ok, type Result } from '../../failures/failure.ts';
import type { Actor } from '../../flows/rights.ts';
import { type Message, maxRequestBytes, socketPath } from '../contract/message.ts';
import { isKey, isOwnOrigin, ownAuthorities, securityHeaders } from './access.ts';
import { createBroadcast } from './broadcast.ts';
import { type Bench, createPerform, type Desk } from './perform.ts';
import { failureView, project } from './project.ts';
import { serveScreen } from './screen.ts';
import type { ScreenSettings } from './settings.ts';

export interface ServerParts extends ScreenSettings {
  /** The key of this boot, at least 128 random bits in base64url. */
  readonly secret: string;
  readonly desk: Desk;
  /** JPEG bytes of the case at hand; undefined when the case is closed. */
  photo(id: string): Uint8Array | undefined;
  /** Only where the devices are virtual. */
  readonly bench?: Bench;
  readonly log: FastifyBaseLogger;
}

export interface UiServer {
  /** To be opened in the browser. The fragment holds the key: a browser never sends it to a server. */
  readonly address: string;
  close(): Promise<void>;
}

const pageFolder = fileURLToPath(new URL('../../../dist/web', import.meta.url));
/** Screens open at once: those of one machine, and room for some that have not noticed their end yet. */
const maxScreens = 16;
const tryAgainLater = 1013;

/** Fails with UI-PAGE-MISSING before the page is built, with UI-PORT-BUSY when the port is taken. */
export async function startServer(parts: ServerParts): Promise<Result<UiServer>> {
  const { host, port, secret, desk, bench, log } = parts;
  if (!existsSync(pageFolder)) return fail('UI-PAGE-MISSING');

  const actor: Actor = { id: 'desk', role: 'desk' };
  let authorities: ReadonlySet<string> = new Set();
  const views = createBroadcast(() => project(desk.status(), actor, bench?.status() ?? null));
  const perform = createPerform(desk, bench, actor);
  const endings = [desk.subscribe(views.changed), bench?.subscribe(views.changed)];

  const server = Fastify({
    loggerInstance: log,
    logController: new OnlyTroubles(),
    bodyLimit: maxRequestBytes,
  });

  server.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders);
    const { host: authority, origin } = request.headers;
    // A foreign page may point its own name at this machine, but cannot change what its browser says of it.
    const isForeign =
      !authorities.has(authority ?? '') || (origin !== undefined && !isOwnOrigin(origin, authorities));
    const isSocket = request.headers.upgrade !== undefined;
    if (!isForeign && !(isSocket && origin === undefined)) return;
    // Nobody else ends the connection of a socket that never came to be.
    if (isSocket) reply.raw.once('finish', () => request.raw.socket.destroySoon());
    return refuse(reply, 403, { code: 'UI-ORIGIN-REFUSED' });
  });
  server.setNotFoundHandler((_, reply) => refuse(reply, 404, { code: 'UI-NOT-FOUND' }));

  await server.register(fastifyWebsocket, { options: { maxPayload: maxRequestBytes } });
  await server.register(fastifyStatic, { root: pageFolder, cacheControl: false, setHeaders: cacheHeaders });

  server.get(socketPath, { websocket: true }, (socket) => {
    if (server.websocketServer.clients.size > maxScreens) {
      const failure = failureView({ code: 'UI-TOO-MANY-SCREENS' });
      socket.send(JSON.stringify({ type: 'refused', failure } satisfies Message));
      return socket.close(tryAgainLater, 'too many screens');
    }
    const refused = ({ code }: Failure) => log.warn({ code }, 'a message of a screen was refused');
    serveScreen(socket, { key: secret, attach: views.attach, perform, refused });
  });

  server.get<{ Params: { id: string } }>('/photo/:id', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!isKey(key, secret)) return refuse(reply, 401, { code: 'UI-KEY-WRONG' });
    const photo = parts.photo(request.params.id);
    if (photo === undefined) return refuse(reply, 404, { code: 'UI-NOT-FOUND' });
    return reply.type('image/jpeg').send(photo);
  });

  try {
    await server.listen({ host, port });
  } catch (error) {
    await server.close();
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return fail('UI-PORT-BUSY', `port ${port}`);
    throw error;
  }
  const { port: bound } = server.server.address() as AddressInfo;
  authorities = ownAuthorities(host, bound);
  return ok({
    address: `http://${[...authorities][0]}/#key=${secret}`,
    async close() {
      for (const end of endings) end?.();
      await server.close();
    },
  });
}

/** Not every request is logged, only what goes wrong. */
class OnlyTroubles extends LogController {
  override incomingRequest(): void {}
  override requestCompleted(): void {}
}

function refuse(reply: FastifyReply, status: number, failure: Failure) {
  reply.log.warn({ code: failure.code }, 'a request was refused');
  return reply.code(status).send({ error: failureView(failure) });
}

/** Vite names every file but the page itself by its content. */
function cacheHeaders(reply: FastifyReply, path: string) {
  reply.header('cache-control', path.endsWith('.html') ? 'no-cache' : 'max-age=31536000, immutable');
}
