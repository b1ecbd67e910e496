-- An operator may begin an authority's sequence anew (rule 18). Each beginning is an era: numbers
-- are compared, and taken once, within one era only. What was applied before stays as it is.

ALTER TABLE submission_sequence ADD COLUMN era INTEGER DEFAULT 0 NOT NULL;

ALTER TABLE plan ADD COLUMN sequence_era INTEGER DEFAULT 0 NOT NULL;

ALTER TABLE submission ADD COLUMN sequence_era INTEGER DEFAULT 0 NOT NULL;

ALTER TABLE submission DROP CONSTRAINT submission_taken_number;

ALTER TABLE submission
    ADD CONSTRAINT submission_taken_number UNIQUE (authority, sequence_era, taken_number);

-- Who did it, where it was no message but somebody at the gateway itself.
ALTER TABLE audit_record ADD COLUMN operator VARCHAR(64);
