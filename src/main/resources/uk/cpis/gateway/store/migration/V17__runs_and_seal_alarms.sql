-- Whether the run of the gateway that began last ended in order: one row, none before the first.
CREATE TABLE gateway_run (
    ended BOOLEAN NOT NULL
);

-- That a seal was missing in the store at a start, or another stood in its place: until an operator
-- acknowledges it.
CREATE TABLE seal_alarm (
    seal            BIGINT    NOT NULL,
    digest          CHAR(64)  NOT NULL,
    noticed_at      TIMESTAMP NOT NULL,
    acknowledged_at TIMESTAMP,
    CONSTRAINT seal_alarm_pk PRIMARY KEY (seal, digest)
);

-- Room for how a run ended, the version and the configuration of the next, and for what a page held.
ALTER TABLE audit_record ALTER COLUMN outcome SET DATA TYPE VARCHAR(80);
