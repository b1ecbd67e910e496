-- What notifications say beside the records, kept as it was when they were made; the news of
-- demographics; and where accesses were, for the counts of the last 7, 30 and 90 days.

-- The region of the site, as registered at the access; null where no site was.
ALTER TABLE shown_access ADD COLUMN region VARCHAR(255);

CREATE INDEX shown_access_by_time ON shown_access (nhs_number, accessed_at);

-- The second number that some news tell: the replacement, or the baby's.
ALTER TABLE owed_notification ADD COLUMN other_number CHAR(10);

-- The number that each record is held under; null where it is that of its notification, as in all
-- rows before this column was.
ALTER TABLE owed_record ADD COLUMN nhs_number CHAR(10);

-- The history as a notifying access saw it, in its order; shared by the authorities told of it.
-- Erased with the notifications, so it stands apart from the shown accesses.
CREATE TABLE owed_history (
    access            CHAR(36)      NOT NULL,
    position          INTEGER       NOT NULL,
    accessed_at       TIMESTAMP     NOT NULL,
    user_name         VARCHAR(1000) NOT NULL,
    job_role_code     VARCHAR(255)  NOT NULL,
    job_role_name     VARCHAR(255)  NOT NULL,
    organisation      VARCHAR(12)   NOT NULL,
    organisation_name VARCHAR(255)  NOT NULL,
    CONSTRAINT owed_history_pk PRIMARY KEY (access, position)
);

-- The counts as the access saw them. An access that owes something and has no row here was
-- committed before this table was: its history is made from the shown accesses up to its number.
CREATE TABLE owed_patterns (
    access      CHAR(36) NOT NULL,
    accesses_7  INTEGER  NOT NULL,
    sites_7     INTEGER  NOT NULL,
    regions_7   INTEGER  NOT NULL,
    accesses_30 INTEGER  NOT NULL,
    sites_30    INTEGER  NOT NULL,
    regions_30  INTEGER  NOT NULL,
    accesses_90 INTEGER  NOT NULL,
    sites_90    INTEGER  NOT NULL,
    regions_90  INTEGER  NOT NULL,
    CONSTRAINT owed_patterns_pk PRIMARY KEY (access)
);

-- Which authority was told of which birth, and under which of the mother's numbers it holds its
-- unborn plan: so that each baby is told once. Goes with that plan.
CREATE TABLE told_birth (
    baby      CHAR(10)    NOT NULL,
    authority VARCHAR(12) NOT NULL,
    mother    CHAR(10)    NOT NULL,
    CONSTRAINT told_birth_pk PRIMARY KEY (baby, authority, mother)
);

CREATE INDEX told_birth_of_mother ON told_birth (mother, authority);
