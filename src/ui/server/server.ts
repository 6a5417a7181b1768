/**
 * Serves the screens: the built page, the live view over a WebSocket, pictures of the case at hand. What a screen sees
 * and may ask for is behind the door that its key opens.
 */
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import fastifyWebsocket from '@fastify/websocket';
import Fastify, { type FastifyBaseLogger, type FastifyReply, LogController } from 'fastify';
import type { FailureCode } from '../../failures/catalogue.ts';
import { type Failure, fail, ok, type Result } from '../../failures/failure.ts';
import { type Message, maxRequestBytes, socketPath } from '../contract/message.ts';
import { isKey, isOwnOrigin, ownAuthorities, securityHeaders } from './access.ts';
import { createBroadcast } from './broadcast.ts';
import type { Door } from './door.ts';
import { failureView } from './project.ts';
import { serveScreen } from './screen.ts';
import type { ScreenSettings } from './settings.ts';

export interface ServerParts extends ScreenSettings {
  /** The first one is that of the desk, where the kiosk has one. */
  readonly doors: readonly Door[];
  readonly log: FastifyBaseLogger;
  /** Told of everything that is refused: a request, a message, a wish that a screen has no right to. */
  readonly onRefusal?: (code: FailureCode) => void;
}

export interface UiServer {
  /** To be opened in a browser, one for each door. The fragment holds the key: a browser never sends it to a server. */
  readonly addresses: readonly string[];
  close(): Promise<void>;
}

const pageFolder = fileURLToPath(new URL('../../../dist/web', import.meta.url));
const speechFolder = fileURLToPath(new URL('../../../dist/speech', import.meta.url));
/** Screens open at once: those of one machine, and room for some that have not noticed their end yet. */
const maxScreens = 16;
const tryAgainLater = 1013;

/** Fails with UI-PAGE-MISSING before the page is built, with UI-PORT-BUSY when the port is taken. */
export async function startServer(parts: ServerParts): Promise<Result<UiServer>> {
  const { host, port, log, onRefusal = () => {} } = parts;
  if (!existsSync(pageFolder)) return fail('UI-PAGE-MISSING');

  let authorities: ReadonlySet<string> = new Set();
  const doors = parts.doors.map((door) => ({ door, views: createBroadcast() }));
  const endings = doors.map(({ door, views }) => door.subscribe(views.changed));
  const enter = (key: string) => {
    const opened = doors.find(({ door }) => isKey(key, door.key));
    return opened && { visit: opened.door.enter(opened.views.changed), views: opened.views };
  };

  const server = Fastify({
    loggerInstance: log,
    logController: new OnlyTroubles(),
    bodyLimit: maxRequestBytes,
  });

  function refuse(reply: FastifyReply, status: number, failure: Failure) {
    reply.log.warn({ code: failure.code }, 'a request was refused');
    onRefusal(failure.code);
    return reply.code(status).send({ error: failureView(failure) });
  }

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

  // Made by scripts/speech.ts; without it the screens are silent.
  await server.register(fastifyStatic, {
    root: speechFolder,
    prefix: '/speech/',
    decorateReply: false,
    cacheControl: false,
  });

  server.get(socketPath, { websocket: true }, (socket) => {
    if (server.websocketServer.clients.size > maxScreens) {
      const failure = failureView({ code: 'UI-TOO-MANY-SCREENS' });
      onRefusal('UI-TOO-MANY-SCREENS');
      socket.send(JSON.stringify({ type: 'refused', failure } satisfies Message));
      return socket.close(tryAgainLater, 'too many screens');
    }
    const refused = ({ code }: Failure) => {
      log.warn({ code }, 'a message of a screen was refused');
      onRefusal(code);
    };
    serveScreen(socket, { enter, refused });
  });

  server.get<{ Params: { id: string } }>('/photo/:id', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const gallery = doors.map(({ door }) => door.gallery(token)).find((opened) => opened !== undefined);
    if (!gallery) return refuse(reply, 401, { code: 'UI-KEY-WRONG' });
    const picture = await gallery(request.params.id);
    if (!picture) return refuse(reply, 404, { code: 'UI-NOT-FOUND' });
    return reply.type(picture.type).send(picture.bytes);
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
    addresses: parts.doors.map(
      ({ screen, key }) => `http://${[...authorities][0]}/#key=${key}&screen=${screen}`,
    ),
    async close() {
      for (const end of endings) end();
      await server.close();
    },
  });
}

/** Not every request is logged, only what goes wrong. */
class OnlyTroubles extends LogController {
  override incomingRequest(): void {}
  override requestCompleted(): void {}
}

/** Vite names every file but the page itself by its content. */
function cacheHeaders(reply: FastifyReply, path: string) {
  reply.header('cache-control', path.endsWith('.html') ? 'no-cache' : 'max-age=31536000, immutable');
}
