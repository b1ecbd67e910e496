/**
 * A child that nobody could mistake for another is planted everywhere in a gateway that runs as it
 * is shipped, and every byte that it wrote outside of the encrypted store is searched for her.
 */
package uk.cpis.gateway.canary;
