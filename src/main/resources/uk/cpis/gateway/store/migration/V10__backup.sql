-- That this store was restored from a backup: when, from which, by whom; and whether the log has
-- told of it since.
CREATE TABLE restoration (
    restored_at  TIMESTAMP   NOT NULL,
    backed_up_at TIMESTAMP   NOT NULL,
    operator     VARCHAR(64) NOT NULL,
    told         BOOLEAN     NOT NULL,
    CONSTRAINT restoration_pk PRIMARY KEY (restored_at)
);
