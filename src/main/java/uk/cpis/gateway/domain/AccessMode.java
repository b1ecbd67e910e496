package uk.cpis.gateway.domain;

/** Whether an access is told to the authorities or is a silent read (cpis.md rules 3 and 4). */
public enum AccessMode {
  NOTIFYING,
  SILENT
}
