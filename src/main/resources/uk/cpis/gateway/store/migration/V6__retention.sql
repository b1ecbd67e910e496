-- What leaves the store when its time has come is found by an index, so that it goes in small
-- batches beside live traffic.

CREATE INDEX remembered_message_by_age ON remembered_message (handled_at);

-- When the sender last asked for this acknowledgement: the memory runs from there.
ALTER TABLE submission ADD COLUMN last_asked_at TIMESTAMP;
UPDATE submission SET last_asked_at = received_at;
CREATE INDEX submission_by_age ON submission (last_asked_at);

-- The traces of deleted records, by when they were deleted.
CREATE INDEX plan_traces ON plan (deleted, changed_at);

-- The highest submission number that was applied to a record of which nothing is left, not even a
-- trace: what was sent up to it cannot bring such a record back.
ALTER TABLE submission_sequence ADD COLUMN forgotten_number BIGINT;

-- When the personal data of a settled notification were erased.
ALTER TABLE settlement ADD COLUMN erased_at TIMESTAMP;
CREATE INDEX settlement_to_erase ON settlement (erased_at, settled_at);

-- The highest numbers that were purged, so that no number is ever given twice: of the audit, of all
-- that is owed, and of what is owed to each authority.
CREATE TABLE purged_number (
    stream      VARCHAR(20) NOT NULL,
    last_number BIGINT      NOT NULL,
    CONSTRAINT purged_number_pk PRIMARY KEY (stream)
);

-- When the sweeps of retention last ran to their end, all of them: one row at the most.
CREATE TABLE last_sweep (
    begun_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP NOT NULL
);
