-- Why each dead letter is one, how often it was tried, and its place in the order of the commits.

ALTER TABLE dead_letter ADD COLUMN reason VARCHAR(20) DEFAULT 'REFUSED' NOT NULL;
UPDATE dead_letter SET reason = 'OUTLIVED' WHERE cause LIKE 'tried for %';
UPDATE dead_letter SET reason = 'UNCOLLECTED' WHERE cause LIKE 'waited for % in the mailbox %';

ALTER TABLE dead_letter ADD COLUMN attempts INTEGER DEFAULT 0 NOT NULL;

ALTER TABLE dead_letter ADD COLUMN owed_number BIGINT DEFAULT 0 NOT NULL;
UPDATE dead_letter SET owed_number =
    (SELECT o.owed_number FROM owed_notification o WHERE o.id = dead_letter.notification);

DROP INDEX dead_letter_by_authority;
CREATE INDEX dead_letter_in_order ON dead_letter (authority, owed_number);

-- Dead letters that are to be sent again, by authority and reason: those after the one number up to
-- the other. What was taken up moves the first number in the same transaction, so that nothing is
-- taken up twice for one wish, whatever ends in between.
CREATE TABLE send_again (
    authority    VARCHAR(12) NOT NULL,
    reason       VARCHAR(20) NOT NULL,
    after_number BIGINT      NOT NULL,
    up_to_number BIGINT      NOT NULL,
    CONSTRAINT send_again_pk PRIMARY KEY (authority, reason)
);

-- What the operator was told and is not over: told once when it begins, and once when it ends,
-- restart or not.
CREATE TABLE standing_alert (
    code    VARCHAR(30) NOT NULL,
    subject VARCHAR(40) NOT NULL,
    since   TIMESTAMP   NOT NULL,
    CONSTRAINT standing_alert_pk PRIMARY KEY (code, subject)
);

-- How many queries each system asked in each full hour, for a few weeks: what is usual for it.
CREATE TABLE query_hour (
    asid     CHAR(12)  NOT NULL,
    begun_at TIMESTAMP NOT NULL,
    queries  BIGINT    NOT NULL,
    CONSTRAINT query_hour_pk PRIMARY KEY (asid, begun_at)
);

CREATE INDEX query_hour_by_age ON query_hour (begun_at);

-- When each authority last submitted something.
CREATE INDEX submission_newest ON submission (authority, received_at DESC);

-- Since when a system is registered to submit for it: silence counts from there at the earliest.
ALTER TABLE local_authority ADD COLUMN submitter_since TIMESTAMP;
