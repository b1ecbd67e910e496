package uk.cpis.gateway.domain;

/** An authority asks who looked at a person's records, for a named user (cpis.md rule 20). */
public record HistoryRequest(
    MessageId messageId, OdsCode authority, AuthorityUser user, NhsNumber person) {}
