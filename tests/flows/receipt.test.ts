import { expect, it } from 'vitest';
import { receiptOf } from '../../src/flows/receipt.ts';

const data = { receipt: '3FA2-000042', name: 'SITI AMINAH', captures: 19, kept: 17, discarded: 2 };
const codes = (channel: string | null) =>
  receiptOf(data, 'id', channel).flatMap((part) => (part.type === 'qr' ? [part.data] : []));

it('has the number as a code, and beside it the way to report a fee, which tells nothing of the recording', () => {
  expect(codes('https://oversight.test/report')).toEqual([data.receipt, 'https://oversight.test/report']);
  expect(codes(null)).toEqual([data.receipt]);
});
