import { expect, test } from 'vitest';
import { matrixCsv } from '../../src/cli/matrix.ts';

test('the matrix as CSV: names first, text quoted, the unknown empty', () => {
  const csv = matrixCsv([
    {
      reader: 'new',
      firmware: 'ACR "1281", 1.7',
      cardType: 'B',
      cardGeneration: 'new',
      outcome: 'readable',
      count: 12,
    },
    {
      reader: 'old',
      firmware: 'unknown',
      cardType: null,
      cardGeneration: null,
      outcome: 'OLD-GENERATION-ONLY',
      count: 1,
    },
  ]);
  expect(csv.split('\r\n')).toEqual([
    'reader,firmware,cardType,cardGeneration,outcome,count',
    '"new","ACR ""1281"", 1.7","B","new","readable",12',
    '"old","unknown",,,"OLD-GENERATION-ONLY",1',
    '',
  ]);
});
