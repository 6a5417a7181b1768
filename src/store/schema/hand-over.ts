/** Migration 9: why a card was set aside, and what a supervisor made of it. */
export const handOver = `
  ALTER TABLE hand_overs ADD COLUMN reason TEXT;
  ALTER TABLE hand_overs ADD COLUMN decision TEXT;
  ALTER TABLE hand_overs ADD COLUMN decided_by TEXT;
  -- The hand-over whose dispute sent the card back.
  ALTER TABLE cards ADD COLUMN returned TEXT;
`;
