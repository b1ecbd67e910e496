/**
 * What testers need beside the SoapUI project of this repository: copies of development keys under
 * a known password, and SoapUI's settings for a mock behind mutual TLS. Floor 5. Not for threads:
 * it writes files once. Must know nothing of the gateway while it runs.
 */
@NullMarked
package uk.cpis.gateway.soapui;

import org.jspecify.annotations.NullMarked;
