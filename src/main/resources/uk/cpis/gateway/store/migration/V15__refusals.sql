-- Refusals that an operator can look up by the reference the caller was given; without anything of
-- a person. So many a minute are kept of one certificate, and so many in all.
CREATE TABLE refusal (
    reference             CHAR(36)      NOT NULL,
    refused_at            TIMESTAMP     NOT NULL,
    code                  VARCHAR(20)   NOT NULL,
    cause                 VARCHAR(60)   NOT NULL,
    required              VARCHAR(500)  NOT NULL,
    observed              VARCHAR(1000) NOT NULL,
    remedy                VARCHAR(500)  NOT NULL,
    transport_certificate CHAR(64),
    signing_certificate   CHAR(64),
    remote_address        VARCHAR(45)   NOT NULL,
    message_id            CHAR(36),
    interaction           VARCHAR(30),
    asid                  CHAR(12),
    CONSTRAINT refusal_pk PRIMARY KEY (reference)
);

CREATE INDEX refusal_by_age ON refusal (refused_at);
CREATE INDEX refusal_by_message ON refusal (message_id);

-- All refusals, counted: also those before anything of the sender was known but its certificate.
CREATE TABLE refusal_count (
    begun_at    TIMESTAMP   NOT NULL,
    certificate VARCHAR(64) NOT NULL,
    cause       VARCHAR(60) NOT NULL,
    refusals    BIGINT      NOT NULL,
    CONSTRAINT refusal_count_pk PRIMARY KEY (begun_at, certificate, cause)
);
