-- What of the audit was sealed together: the numbers from first to last, without a gap. The line is
-- the seal itself, as it was signed. The secret gives each record its salt; the leaves are the
-- hashes of the records, 32 bytes each, so that an altered one is named. Both are erased with the
-- records when their time has come; the line stays, so that all later ones can be verified.
CREATE TABLE audit_seal (
    number       BIGINT       NOT NULL,
    first_number BIGINT       NOT NULL,
    last_number  BIGINT       NOT NULL,
    newest_at    TIMESTAMP    NOT NULL,
    line         VARCHAR(700) NOT NULL,
    secret       VARCHAR(32) FOR BIT DATA,
    leaves       VARCHAR(32000) FOR BIT DATA,
    expired_at   TIMESTAMP,
    CONSTRAINT audit_seal_pk PRIMARY KEY (number),
    CONSTRAINT audit_seal_last UNIQUE (last_number)
);

CREATE INDEX audit_seal_to_expire ON audit_seal (expired_at, number);
