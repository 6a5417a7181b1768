/**
 * The envelopes on the WebSocket, one JSON object a message, and the addresses of the server.
 *
 * The page opens with `hello` and its key and gets the whole current view, then a new one at every change; after
 * a dropped connection it does the same again. `seq` grows with every change of the view for as long as the
 * server lives: a page never goes back to a lower one.
 */
import { z } from 'zod';
import { failureView } from './failure-view.ts';
import { intent } from './intent.ts';
import { view } from './view.ts';

/** The socket's path. */
export const socketPath = '/live';

/** The photo is fetched with `Authorization: Bearer ⟨key⟩`. */
export function photoPath(id: string): string {
  return `/photo/${encodeURIComponent(id)}`;
}

/** The server takes no longer message, in bytes. */
export const maxRequestBytes = 4096;

/** The server closes with this WebSocket code when the key is wrong: trying again does not help. */
export const wrongKeyCloseCode = 4401;

export const request = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), key: z.string().max(128) }),
  z.strictObject({ type: z.literal('intent'), id: z.int().min(0), intent }),
]);
export type Request = z.infer<typeof request>;

export const message = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('view'), seq: z.int().min(1), view }),
  /** The answer to the intent with this id; `failure` null: it was passed on. */
  z.strictObject({ type: z.literal('answer'), to: z.int(), failure: failureView.nullable() }),
  /** A message that could not be understood, or was not allowed before `hello`. */
  z.strictObject({ type: z.literal('refused'), failure: failureView }),
]);
export type Message = z.infer<typeof message>;

/** What came over the socket, checked: `undefined` when it is not JSON or not one of ours. Never throws. */
export function parse<T>(schema: z.ZodType<T>, data: string): T | undefined {
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    return undefined;
  }
  return schema.safeParse(json).data;
}
