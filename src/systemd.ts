/**
 * Tells systemd that the kiosk is ready and alive (sd_notify(3): one datagram a message to `$NOTIFY_SOCKET`). Node has no
 * datagrams on Unix sockets, so they go through socat, one process for as long as the kiosk lives: it ends with its pipe.
 */
import { spawn } from 'node:child_process';

export interface ServiceManager {
  ready(): void;
  /** The end has begun; no further sign of life is due. */
  close(): void;
}

/**
 * @param environment as systemd sets it; undefined where it does not run this program as `Type=notify`
 * @param isAlive answers when what the kiosk cannot do without answers; while it hangs systemd is told nothing, and
 *   starts the kiosk anew
 */
export function connectSystemd(
  environment: Readonly<Record<string, string | undefined>>,
  isAlive: () => Promise<unknown>,
): ServiceManager | undefined {
  const socket = environment.NOTIFY_SOCKET;
  if (!socket) return undefined;
  const target = socket.startsWith('@') ? `ABSTRACT-SENDTO:${socket.slice(1)}` : `UNIX-SENDTO:${socket}`;
  // Unread at its other end for a moment at most, so that each line is a datagram of its own.
  const socat = spawn('socat', ['-u', 'STDIN', target], { stdio: ['pipe', 'ignore', 'inherit'] });
  socat.on('error', () => {});
  socat.stdin.on('error', () => {});
  const tell = (message: string) => socat.stdin.write(`${message}\n`);

  // Twice within the time that systemd waits, as sd_watchdog_enabled(3) asks for.
  const everyMs = Number(environment.WATCHDOG_USEC ?? 0) / 2000;
  let isAsking = false;
  const look = async () => {
    if (isAsking) return;
    isAsking = true;
    await isAlive();
    isAsking = false;
    tell('WATCHDOG=1');
  };
  const timer = everyMs > 0 ? setInterval(() => void look(), everyMs) : undefined;

  return {
    ready: () => tell('READY=1'),
    close() {
      clearInterval(timer);
      socat.stdin.end('STOPPING=1\n');
    },
  };
}
