package uk.cpis.gateway.operations;

import java.time.Instant;

/** What became of a backup that was asked for. */
public sealed interface BackupOutcome {

  /** It lies there, whole and on disk. */
  record Taken(String place, Instant at, long bytes) implements BackupOutcome {}

  /** It could not be taken; what there was before is still there. */
  record Failed(String error) implements BackupOutcome {}

  /** No folder is configured for backups. */
  record NotConfigured() implements BackupOutcome {}
}
