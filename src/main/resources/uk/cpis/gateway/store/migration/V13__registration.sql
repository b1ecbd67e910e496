-- What was registered when somebody looked last: what differs from it later was changed, by command
-- or in the files, restart or not.
CREATE TABLE registration (
    kind    VARCHAR(10)    NOT NULL,
    subject VARCHAR(12)    NOT NULL,
    form    VARCHAR(32000) NOT NULL,
    CONSTRAINT registration_pk PRIMARY KEY (kind, subject)
);

-- The lines that an audited change of the registration changed: certificates by their fingerprints.
-- The audit record's outcome is the beginning of the SHA-256 of this.
CREATE TABLE registration_change (
    audit_record CHAR(36)    NOT NULL,
    kind         VARCHAR(10) NOT NULL,
    subject      VARCHAR(12) NOT NULL,
    before_lines VARCHAR(32000),
    after_lines  VARCHAR(32000),
    CONSTRAINT registration_change_pk PRIMARY KEY (audit_record)
);

-- Whether a message was let in while the revocation of its sender's certificates was unknown.
ALTER TABLE audit_record ADD COLUMN revocation_unknown BOOLEAN;
