package uk.cpis.gateway.outbound;

import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;

/**
 * An authority's answer that did not stand the check: it counts as "try later", and an operator is
 * to look (cpis.md §4). Holds nothing of the answer but counts, times and certificates.
 */
public record AuthorityAlert(OdsCode authority, NotificationId notification, String explanation) {}
