/**
 * Who may speak to the server at all: the right Host and Origin (against DNS rebinding and foreign pages), and
 * the key of this boot.
 */
import { createHash, timingSafeEqual } from 'node:crypto';

/** The only authorities under which the server answers, e.g. `127.0.0.1:7012`. */
export function ownAuthorities(host: string, port: number): ReadonlySet<string> {
  const authority = (name: string) => `${name.includes(':') ? `[${name}]` : name}:${port}`;
  return new Set([authority(host), authority('localhost')]);
}

/** A browser names the page that asks in `Origin`, whenever that page could be a foreign one. */
export function isOwnOrigin(origin: string, authorities: ReadonlySet<string>): boolean {
  const [, authority] = /^http:\/\/(.+)$/.exec(origin) ?? [];
  return authority !== undefined && authorities.has(authority);
}

/** Takes the same time for every wrong key. */
export function isKey(offered: string, key: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(offered), hash(key));
}

export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    // blob: holds the resident's photo, which is fetched with the key.
    "img-src 'self' blob:",
    "media-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};
