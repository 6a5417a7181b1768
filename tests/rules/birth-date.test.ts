import { expect, test } from 'vitest';
import { birthDateInNik, birthDateOnCard } from '../../src/rules/birth-date.ts';

test('a card tells day, month and year', () => {
  expect(birthDateOnCard('17-08-2008')).toBe('2008-08-17');
  for (const wrong of ['', '31-02-2008', '00-01-2008', '1-1-2008', '17/08/2008', '17-08-0012'])
    expect(birthDateOnCard(wrong), wrong).toBeNull();
});

test('a NIK tells the day, of women from 40 on', () => {
  expect(birthDateInNik('1607121708080003', '2026-03-02')).toBe('2008-08-17');
  expect(birthDateInNik('1607125204880001', '2026-03-02')).toBe('1988-04-12');
  expect(birthDateInNik('1607127204880001', '2026-03-02')).toBeNull();
  expect(birthDateInNik('160712', '2026-03-02')).toBeNull();
});

test('a NIK that would make a small child is of the century before', () => {
  expect(birthDateInNik('1607120101240001', '2026-03-02')).toBe('1924-01-01');
  expect(birthDateInNik('1607120101270001', '2026-03-02')).toBe('1927-01-01');
});
