/** Run by recovery.integration.test.ts as a process to be killed: an exchange in the middle of a command that hangs. */
import { apart, never, openReader, read, until } from './two-slots.ts';

const reader = openReader({ wire: { apduTimeoutMs: 60_000 } });
await until(reader, ({ card }) => card === true);
await reader.exchange(
  never,
  apart((card) => {
    process.stdout.write('under way\n');
    return card.transmit(read(8));
  }),
);
